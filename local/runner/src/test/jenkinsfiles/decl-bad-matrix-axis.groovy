// an axis without values
pipeline {
  agent none
  stages { stage('s') { matrix { axes { axis { name 'A' } }
 stages { stage('c') { steps { echo 'x' } } } } } }
}
