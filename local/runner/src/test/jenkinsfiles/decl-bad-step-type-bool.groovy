// a number where a flag is expected
pipeline {
  agent none
  stages { stage('s') { steps { sh(script: 'true', returnStatus: 5) } } }
}
