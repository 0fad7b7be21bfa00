// post runs after an abort
//: abort at Sleeping for
pipeline {
  agent none
  stages { stage('s') { steps { sleep 60 }
 post { aborted { echo 'stage aborted' }
 failure { echo 'no' } } }
 stage('t') { steps { echo 'never' } } }
  post { always { echo 'always' }
 aborted { echo 'aborted' }
 unsuccessful { echo 'unsuccessful' }
 failure { echo 'no' } }
}
