// post of a stage
pipeline {
  agent none
  stages { stage('a') { steps { echo 'x' }
 post { success { echo 'ok' }
 failure { echo 'never' } } } }
}
