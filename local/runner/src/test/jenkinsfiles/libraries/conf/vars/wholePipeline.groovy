def call(Map options) {
    pipeline {
        agent none
        stages {
            stage('made by library') {
                steps { echo "for ${options.name}" }
            }
        }
        post { always { echo 'post of library' } }
    }
}
