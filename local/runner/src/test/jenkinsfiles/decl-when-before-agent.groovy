// beforeAgent avoids the node
pipeline {
  agent none
  stages { stage('s') { agent any
 when { beforeAgent true
 expression { false } }
 steps { echo 'never' } } }
}
