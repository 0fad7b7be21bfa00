// catchError in steps marks the stage
pipeline {
  agent none
  stages { stage('s') { steps { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { error 'no' }
 echo 'after' }
 post { failure { echo 'stage failure' }
 success { echo 'stage success' } } } }
  post { success { echo 'build success' } }
}
