// an unknown trigger
pipeline {
  agent none
  triggers { moon('x') }
  stages { stage('s') { steps { echo 'x' } } }
}
