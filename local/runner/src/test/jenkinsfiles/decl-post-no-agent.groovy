// sh in post without an agent
pipeline {
  agent none
  stages { stage('s') { steps { echo 'x' } } }
  post { always { sh 'true' } }
}
