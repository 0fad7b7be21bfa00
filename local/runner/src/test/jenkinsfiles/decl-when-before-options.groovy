// when before options
pipeline {
  agent none
  stages { stage('s') { options { timeout(time: 1, unit: 'HOURS') }
 when { beforeOptions true
 expression { false } }
 steps { echo 'no' } } }
}
