// an environment value from a script
pipeline {
  agent any
  environment { V = "${sh(script: 'echo 7', returnStdout: true).trim()}" }
  stages { stage('s') { steps { echo "${V}" } } }
}
