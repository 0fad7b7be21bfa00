// no branch without a multibranch job
pipeline {
  agent none
  stages { stage('s') { when { branch 'main' }
 steps { echo 'never' } } }
}
