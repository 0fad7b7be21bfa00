// a result set to FAILURE ends as failure
currentBuild.result = 'FAILURE'
echo 'goes on'
