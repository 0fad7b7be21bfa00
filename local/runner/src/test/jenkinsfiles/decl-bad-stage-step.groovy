// the stage step in steps
pipeline {
  agent none
  stages { stage('x') { steps { stage('y') { echo 'x' } } } }
}
