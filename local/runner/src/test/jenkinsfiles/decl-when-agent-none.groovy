// when with an agent of the stage that is not taken
pipeline {
  agent none
  stages { stage('s') { agent any
 when { beforeAgent true
 expression { false } }
 steps { echo 'no' } } }
}
