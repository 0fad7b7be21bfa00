// results of the build before
//: twice
echo "${currentBuild.previousBuild?.result} ${currentBuild.number}"
if (currentBuild.number == 1) { unstable 'first' }
