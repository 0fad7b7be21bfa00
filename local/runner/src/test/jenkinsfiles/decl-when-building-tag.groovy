// buildingTag
pipeline {
  agent none
  stages { stage('s') { when { buildingTag() }
 steps { echo 'no' } }
 stage('t') { environment { TAG_NAME = 'v1' }
 when { buildingTag() }
 steps { echo 'maybe' } } }
}
