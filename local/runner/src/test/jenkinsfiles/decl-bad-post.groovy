// an unknown condition of post
pipeline {
  agent none
  stages { stage('x') { steps { echo 'x' } } }
  post { sometimes { echo 'x' } }
}
