// the result only gets worse
currentBuild.result = 'UNSTABLE'
currentBuild.result = 'SUCCESS'
echo currentBuild.result
currentBuild.displayName = 'v1'
currentBuild.description = 'd'
echo "${currentBuild.displayName} ${currentBuild.description} ${currentBuild.resultIsWorseOrEqualTo('UNSTABLE')}"
