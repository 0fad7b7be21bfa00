// timeout of one stage
pipeline {
  agent none
  stages { stage('s') { options { timeout(time: 1, unit: 'SECONDS') }
 steps { sleep 20 } }
 stage('t') { steps { echo 'never' } } }
}
