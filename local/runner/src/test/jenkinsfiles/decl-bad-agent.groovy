// an unknown agent
pipeline {
  agent none
  stages { stage('x') { agent { moon 'x' }
 steps { echo 'x' } } }
}
