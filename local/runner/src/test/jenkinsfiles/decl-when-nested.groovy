// not, allOf, anyOf
pipeline {
  agent none
  stages { stage('s') { when { not { anyOf { expression { false }
 expression { false } } } }
 steps { echo 'yes' } }
 stage('t') { when { allOf { expression { true }
 expression { false } } }
 steps { echo 'never' } } }
}
