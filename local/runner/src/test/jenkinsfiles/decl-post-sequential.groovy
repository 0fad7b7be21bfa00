// post of a stage with stages
pipeline {
  agent none
  stages { stage('p') { stages { stage('a') { steps { echo '1' } } }
 post { always { echo 'post p' } } } }
}
