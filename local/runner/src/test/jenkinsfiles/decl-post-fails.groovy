// a failing post condition fails the build, the others run
pipeline {
  agent none
  stages { stage('a') { steps { echo 'x' } } }
  post { always { error 'post broke' }
 cleanup { echo 'cleanup' } }
}
