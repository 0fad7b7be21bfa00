// an unknown option
pipeline {
  agent none
  options { moon() }
  stages { stage('x') { steps { echo 'x' } } }
}
