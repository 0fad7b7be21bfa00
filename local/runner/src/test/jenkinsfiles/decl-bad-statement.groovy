// code outside of script blocks
pipeline {
  agent none
  stages { stage('x') { steps { def y = 1
 echo 'x' } } }
}
