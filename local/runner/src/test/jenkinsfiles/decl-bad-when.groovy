// an unknown condition of when
pipeline {
  agent none
  stages { stage('x') { when { moon 'full' }
 steps { echo 'x' } } }
}
