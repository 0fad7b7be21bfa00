// changed holds for the first build
pipeline {
  agent none
  stages { stage('s') { steps { echo 'x' } } }
  post { changed { echo 'changed' }
 regression { echo 'no' }
 fixed { echo 'no' } }
}
