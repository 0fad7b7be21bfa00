// stages inside of a stage
pipeline {
  agent none
  stages { stage('p') { stages { stage('a') { steps { echo '1' } }
 stage('b') { steps { echo '2' } } } } }
}
