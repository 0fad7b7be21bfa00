// conditions after unstable
pipeline {
  agent none
  stages { stage('a') { steps { unstable 'hm' } }
 stage('b') { steps { echo 'goes on' } } }
  post { unstable { echo 'unstable' }
 unsuccessful { echo 'unsuccessful' } }
}
