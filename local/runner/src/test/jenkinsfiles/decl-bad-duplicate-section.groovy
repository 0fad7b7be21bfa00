// a section twice
pipeline {
  agent none
  stages { stage('x') { steps { echo 'x' } } }
  stages { stage('y') { steps { echo 'x' } } }
}
