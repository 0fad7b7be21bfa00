// method calls on objects outside of script blocks
pipeline {
  agent none
  stages { stage('x') { steps { 'abc'.toUpperCase() } } }
}
