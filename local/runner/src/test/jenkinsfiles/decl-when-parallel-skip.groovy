// skipping a parent skips its branches
pipeline {
  agent none
  stages { stage('p') { when { expression { false } }
 parallel { stage('a') { steps { echo 'never' } }
 stage('b') { steps { echo 'never' } } } } }
}
