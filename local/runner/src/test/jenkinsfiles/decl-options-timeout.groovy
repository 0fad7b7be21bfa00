// timeout for all stages
pipeline {
  agent none
  options { timeout(time: 1, unit: 'HOURS') }
  stages { stage('s') { steps { echo 'x' } } }
}
