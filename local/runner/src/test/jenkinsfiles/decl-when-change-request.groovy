// changeRequest does not hold without a change
pipeline {
  agent none
  stages { stage('s') { when { changeRequest() }
 steps { echo 'no' } }
 stage('t') { when { not { changeRequest target: 'main' } }
 steps { echo 'yes' } } }
}
