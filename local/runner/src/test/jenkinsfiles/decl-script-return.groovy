// a value of a step inside of script
pipeline {
  agent any
  stages { stage('s') { steps { script { def out = sh(script: 'echo 42', returnStdout: true).trim(); echo "got ${out}" } } } }
}
