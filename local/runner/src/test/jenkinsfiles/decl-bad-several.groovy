// several errors at once
pipeline {
  agent none
  moon { }
  stages { stage('s') { steps { } }
 stage('t') { sun { }
 steps { echo 'x' } } }
}
