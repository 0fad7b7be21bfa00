// an environment value that is neither text nor a call
pipeline {
  agent none
  environment { A = 5 + 5 }
  stages { stage('s') { steps { echo 'x' } } }
}
