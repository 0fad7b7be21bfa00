// an agent block without a kind
pipeline {
  agent { }
  stages { stage('s') { steps { echo 'x' } } }
}
