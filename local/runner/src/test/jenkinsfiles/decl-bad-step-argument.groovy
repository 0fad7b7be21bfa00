// an argument that a step does not have
pipeline {
  agent none
  stages { stage('s') { steps { sh scrpt: 'true' } } }
}
