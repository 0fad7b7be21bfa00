// skipDefaultCheckout without a repository
pipeline {
  agent any
  options { skipDefaultCheckout() }
  stages { stage('s') { steps { echo 'x' } } }
}
