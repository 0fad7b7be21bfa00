// agent any runs on a node
pipeline {
  agent any
  stages { stage('a') { steps { sh 'echo hi' } } }
}
