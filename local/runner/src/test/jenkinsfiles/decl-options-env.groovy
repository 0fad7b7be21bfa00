// withEnv as an option
pipeline {
  agent none
  options { withEnv(['A=from options']) }
  stages { stage('s') { steps { echo "${A}" } } }
}
