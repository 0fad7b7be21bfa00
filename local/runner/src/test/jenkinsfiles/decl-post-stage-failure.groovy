// post of a failing stage
pipeline {
  agent none
  stages { stage('a') { steps { error 'no' }
 post { failure { echo 'failed' }
 always { echo 'always' } } } }
}
