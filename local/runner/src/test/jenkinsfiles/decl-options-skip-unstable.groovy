// skipStagesAfterUnstable
pipeline {
  agent none
  options { skipStagesAfterUnstable() }
  stages { stage('s') { steps { unstable 'hm' } }
 stage('t') { steps { echo 'never' } } }
}
