// skipDefaultCheckout of a stage
pipeline {
  agent none
  stages { stage('s') { agent any
 options { skipDefaultCheckout true }
 steps { echo 'x' } } }
}
