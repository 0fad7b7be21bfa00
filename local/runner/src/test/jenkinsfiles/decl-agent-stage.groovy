// agents of stages
pipeline {
  agent none
  stages { stage('a') { agent any
 steps { sh 'echo one' } }
 stage('b') { steps { echo 'no node' } } }
}
