// a syntax error inside of a declarative Pipeline
pipeline {
  agent none
  stages { stage('s') { steps { echo 'x' } }
}
