// an agent by its label
pipeline {
  agent none
  stages { stage('a') { agent { label 'built-in' }
 steps { echo 'hi' } } }
}
