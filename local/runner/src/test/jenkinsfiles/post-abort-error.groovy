// an error in post of a successful build
pipeline {
  agent none
  stages { stage('s') { steps { echo 'x' } } }
  post { always { error 'in post' }
 cleanup { echo 'cleanup' } }
}
