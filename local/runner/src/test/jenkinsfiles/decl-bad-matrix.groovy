// a matrix without axes
pipeline {
  agent none
  stages { stage('s') { matrix { stages { stage('c') { steps { echo 'x' } } } } } }
}
