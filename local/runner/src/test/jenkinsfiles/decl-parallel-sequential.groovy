// sequences in branches
pipeline {
  agent none
  stages { stage('p') { parallel { stage('a') { stages { stage('a1') { steps { echo '1' } }
 stage('a2') { steps { echo '2' } } } }
 stage('b') { steps { echo '3' } } } } }
}
