// catchError marks the stage for its post
pipeline {
  agent none
  stages { stage('a') { steps { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { error 'no' } }
 post { failure { echo 'stage failed' }
 success { echo 'never' } } }
 stage('b') { steps { echo 'goes on' } } }
}
