// catchError takes the result of an interruption
catchError { timeout(time: 1, unit: 'SECONDS') { sleep 20 } }
echo "${currentBuild.result}"
