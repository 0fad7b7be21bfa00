// catchError logs, sets the result and goes on
catchError { error 'bad' }
echo "${currentBuild.result}"
