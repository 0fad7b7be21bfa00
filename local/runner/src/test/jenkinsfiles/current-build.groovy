// properties of the running build
echo "${currentBuild.number} ${currentBuild.result} ${currentBuild.currentResult} ${currentBuild.displayName}"
