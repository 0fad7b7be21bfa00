// changelog without changes
pipeline {
  agent none
  stages { stage('s') { when { changelog '.*fix.*' }
 steps { echo 'no' } } }
}
