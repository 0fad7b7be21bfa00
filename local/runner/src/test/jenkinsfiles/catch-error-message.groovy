// catchError with a message and results
stage('s') { catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE', message: 'did not work') { error 'bad' } }
echo "${currentBuild.result}"
