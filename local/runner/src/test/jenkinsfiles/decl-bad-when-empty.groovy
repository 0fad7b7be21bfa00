// an empty when
pipeline {
  agent none
  stages { stage('s') { when { }
 steps { echo 'x' } } }
}
