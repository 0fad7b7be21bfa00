// error in a stage within catchError of the stage result
stage('s') { catchError(stageResult: 'UNSTABLE', buildResult: 'SUCCESS') { error 'e' } }
echo currentBuild.currentResult
