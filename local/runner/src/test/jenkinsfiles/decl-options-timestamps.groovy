// timestamps as an option
pipeline {
  agent none
  options { timestamps() }
  stages { stage('s') { steps { echo 'x' } } }
}
