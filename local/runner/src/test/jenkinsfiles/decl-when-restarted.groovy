// isRestartedRun
pipeline {
  agent none
  stages { stage('s') { when { isRestartedRun() }
 steps { echo 'no' } }
 stage('t') { when { not { isRestartedRun() } }
 steps { echo 'yes' } } }
}
