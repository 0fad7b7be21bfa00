// a failing command fails the build with its status
node { sh 'exit 3' }
