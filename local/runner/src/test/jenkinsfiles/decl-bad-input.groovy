// input without a message
pipeline {
  agent none
  stages { stage('s') { input { ok 'x' }
 steps { echo 'x' } } }
}
