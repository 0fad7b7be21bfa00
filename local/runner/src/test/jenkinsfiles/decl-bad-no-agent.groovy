// a pipeline needs an agent
pipeline {
  stages { stage('x') { steps { echo 'x' } } }
}
