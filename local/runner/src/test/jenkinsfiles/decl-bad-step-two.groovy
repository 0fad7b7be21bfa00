// two arguments without names
pipeline {
  agent none
  stages { stage('s') { steps { echo 'a', 'b' } } }
}
