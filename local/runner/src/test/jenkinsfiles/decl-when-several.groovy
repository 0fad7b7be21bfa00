// all conditions must hold
pipeline {
  agent none
  stages { stage('s') { when { expression { true }
 expression { false } }
 steps { echo 'never' } } }
}
