// no tag, no change request
pipeline {
  agent none
  stages { stage('s') { when { buildingTag() }
 steps { echo 'never' } }
 stage('t') { when { tag 'v*' }
 steps { echo 'never' } }
 stage('u') { when { changeRequest() }
 steps { echo 'never' } } }
}
