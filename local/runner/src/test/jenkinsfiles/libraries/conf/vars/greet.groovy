def call(String name, Map options = [:]) {
    echo "hello ${name}${options.mark ?: ''}"
    return name.length()
}

def twice(String name) {
    call(name)
    call(name, [mark: '!'])
}
