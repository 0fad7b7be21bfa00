// post conditions that compare with the build before: regression
//: twice
pipeline {
  agent none
  stages { stage('s') { steps { script { if (env.BUILD_NUMBER == '2') { error 'second fails' } } } } }
  post { fixed { echo 'fixed' }
 regression { echo 'regression' }
 changed { echo 'changed' }
 failure { echo 'failure' } }
}
