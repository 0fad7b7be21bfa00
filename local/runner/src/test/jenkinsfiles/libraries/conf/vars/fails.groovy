def call() {
    error 'from the library'
}
