def call(Map options, Closure body) {
    stage(options.name) {
        body()
    }
}
