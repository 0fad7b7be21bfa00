// a command has no input
node { sh 'cat; echo done' }
