// conditions are evaluated on the node unless told otherwise
pipeline {
  agent none
  stages { stage('s') { agent any
 when { expression { false } }
 steps { echo 'never' } } }
}
