// catchError may leave the build successful
catchError(buildResult: 'SUCCESS', stageResult: 'UNSTABLE') { error 'bad' }
echo "${currentBuild.result}"
