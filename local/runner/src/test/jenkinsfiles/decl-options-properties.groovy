// job properties among the options
pipeline {
  agent none
  options { disableConcurrentBuilds()
 buildDiscarder(logRotator(numToKeepStr: '5')) }
  stages { stage('s') { steps { echo 'x' } } }
}
