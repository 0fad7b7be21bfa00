// an if among steps
pipeline {
  agent none
  stages { stage('s') { steps { if (true) { echo 'x' } } } }
}
