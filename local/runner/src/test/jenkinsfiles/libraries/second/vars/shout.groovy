def call(String text) {
    greet(text.toUpperCase())
}
