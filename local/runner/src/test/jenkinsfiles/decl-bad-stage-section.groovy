// an unknown section of a stage
pipeline {
  agent none
  stages { stage('x') { step { echo 'x' } } }
}
