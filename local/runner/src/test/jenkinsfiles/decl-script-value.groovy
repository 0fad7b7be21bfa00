// variables of script blocks without def
pipeline {
  agent none
  stages { stage('a') { steps { script { v = 5 } } }
 stage('b') { steps { echo "${v}" } } }
}
