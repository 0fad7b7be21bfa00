// conditions after success
pipeline {
  agent none
  stages { stage('a') { steps { echo 'x' } } }
  post { always { echo 'always' }
 success { echo 'success' }
 failure { echo 'never' }
 unstable { echo 'never' }
 unsuccessful { echo 'never' }
 changed { echo 'changed' }
 fixed { echo 'never' }
 cleanup { echo 'cleanup' } }
}
