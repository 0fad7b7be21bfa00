// description and display name of a build
currentBuild.description = 'd'
currentBuild.displayName = '#x'
echo "${currentBuild.description} ${currentBuild.displayName} ${currentBuild.fullDisplayName}"
