// steps without a step
pipeline {
  agent none
  stages { stage('x') { steps { } } }
}
