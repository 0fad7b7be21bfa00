// a condition that throws
pipeline {
  agent none
  stages { stage('s') { when { expression { error 'in when' } }
 steps { echo 'no' } } }
  post { failure { echo 'post' } }
}
