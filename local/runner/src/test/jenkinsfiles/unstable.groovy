// unstable warns and goes on
unstable 'not good'
echo "${currentBuild.result}"
