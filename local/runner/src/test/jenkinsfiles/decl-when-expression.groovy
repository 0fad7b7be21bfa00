// when expression
pipeline {
  agent none
  stages { stage('s') { when { expression { 1 == 2 } }
 steps { echo 'never' } }
 stage('t') { when { expression { true } }
 steps { echo 'yes' } } }
}
