// a cell that fails
pipeline {
  agent none
  stages { stage('m') { matrix { axes { axis { name 'A'
 values 'x' } }
 stages { stage('c') { steps { error 'cell' } } }
 post { failure { echo 'cell failed' } } } } }
  post { failure { echo 'build failed' } }
}
