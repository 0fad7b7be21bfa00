// a step that needs a node under agent none
pipeline {
  agent none
  stages { stage('a') { steps { sh 'true' } } }
}
