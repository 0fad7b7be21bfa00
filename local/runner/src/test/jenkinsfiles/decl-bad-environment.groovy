// an environment entry that is no pair
pipeline {
  agent none
  environment { echo 'x' }
  stages { stage('x') { steps { echo 'x' } } }
}
