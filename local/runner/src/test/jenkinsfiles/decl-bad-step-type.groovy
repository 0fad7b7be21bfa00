// an argument of a wrong type
pipeline {
  agent none
  stages { stage('s') { steps { sleep 'soon' } } }
}
