// post conditions that compare with the build before: fixed
//: twice
pipeline {
  agent none
  stages { stage('s') { steps { script { if (env.BUILD_NUMBER == '1') { error 'first fails' } } } } }
  post { fixed { echo 'fixed' }
 regression { echo 'regression' }
 changed { echo 'changed' }
 success { echo 'success' } }
}
