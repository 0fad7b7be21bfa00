// catchError as an option of a stage
pipeline {
  agent none
  stages { stage('s') { options { catchError(message: 'bad', buildResult: 'UNSTABLE', stageResult: 'FAILURE') }
 steps { error 'no' } }
 stage('t') { steps { echo 'goes on' } } }
}
