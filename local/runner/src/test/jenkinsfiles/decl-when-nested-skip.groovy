// skipping a parent skips its stages
pipeline {
  agent none
  stages { stage('p') { when { expression { false } }
 stages { stage('a') { steps { echo 'never' } }
 stage('b') { steps { echo 'never' } } } } }
}
