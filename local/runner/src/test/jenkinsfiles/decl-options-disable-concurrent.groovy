// disableConcurrentBuilds is a setting
pipeline {
  agent none
  options { disableConcurrentBuilds() }
  stages { stage('s') { steps { echo 'x' } } }
}
