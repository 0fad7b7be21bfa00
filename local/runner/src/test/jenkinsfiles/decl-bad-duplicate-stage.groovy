// two stages of one name
pipeline {
  agent none
  stages { stage('x') { steps { echo 'x' } }
 stage('x') { steps { echo 'x' } } }
}
