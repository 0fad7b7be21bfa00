// warnError makes the build unstable
warnError('careful') { error 'bad' }
echo "${currentBuild.result}"
