// post runs after a timeout
pipeline {
  agent none
  options { timeout(time: 1, unit: 'SECONDS') }
  stages { stage('s') { steps { sleep 20 } } }
  post { aborted { echo 'aborted' }
 always { echo 'always' } }
}
