// an unknown kind of parameter
pipeline {
  agent none
  parameters { moon(name: 'x') }
  stages { stage('s') { steps { echo 'x' } } }
}
