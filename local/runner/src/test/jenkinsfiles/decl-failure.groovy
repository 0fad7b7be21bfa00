// a failing stage skips the rest
pipeline {
  agent none
  stages { stage('a') { steps { error 'no' } }
 stage('b') { steps { echo 'never' } }
 stage('c') { stages { stage('c1') { steps { echo 'never' } } } } }
}
