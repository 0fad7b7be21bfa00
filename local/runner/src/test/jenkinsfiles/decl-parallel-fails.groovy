// a failing branch and post
pipeline {
  agent none
  stages { stage('p') { parallel { stage('a') { steps { error 'no' } }
 stage('b') { steps { echo '2' } } }
 post { failure { echo 'stage failed' } } } }
  post { failure { echo 'build failed' } }
}
