// post conditions that compare with the build before: no change
//: twice
pipeline {
  agent none
  stages { stage('s') { steps { echo 'x' } } }
  post { fixed { echo 'fixed' }
 regression { echo 'regression' }
 changed { echo 'changed' }
 success { echo 'success' } }
}
