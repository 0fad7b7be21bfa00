// a stage without a name
pipeline {
  agent none
  stages { stage('') { steps { echo 'x' } } }
}
