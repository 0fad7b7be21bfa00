// stages within parallel branches
pipeline {
  agent none
  stages { stage('p') { parallel { stage('a') { stages { stage('a1') { steps { echo 'a1' } }
 stage('a2') { steps { echo 'a2' } } } } } } }
}
