// sh in post of an agent
pipeline {
  agent any
  stages { stage('s') { steps { sh 'exit 3' } } }
  post { always { sh 'echo cleaned' } }
}
