// a stage has one kind of contents
pipeline {
  agent none
  stages { stage('x') { steps { echo 'x' }
 stages { stage('y') { steps { echo 'y' } } } } }
}
