// an unknown step shows when it is called
pipeline {
  agent none
  stages { stage('s') { steps { nonsense 'x' } } }
}
