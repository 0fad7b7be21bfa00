// a variable declaration among steps
pipeline {
  agent none
  stages { stage('s') { steps { def x = 1
 echo 'x' } } }
}
