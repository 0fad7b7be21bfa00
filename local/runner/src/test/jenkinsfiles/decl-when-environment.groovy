// when environment
pipeline {
  agent none
  environment { A = 'x' }
  stages { stage('s') { when { environment name: 'A', value: 'x' }
 steps { echo 'yes' } }
 stage('t') { when { environment name: 'A', value: 'y' }
 steps { echo 'never' } } }
}
