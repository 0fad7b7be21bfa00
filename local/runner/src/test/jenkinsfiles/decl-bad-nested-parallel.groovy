// parallel inside of parallel
pipeline {
  agent none
  stages { stage('p') { parallel { stage('a') { parallel { stage('b') { steps { echo 'x' } } } } } } }
}
