// a variable of joined strings
pipeline {
  agent none
  environment { A = 'a' + 'b' }
  stages { stage('s') { steps { echo "${A}" } } }
}
