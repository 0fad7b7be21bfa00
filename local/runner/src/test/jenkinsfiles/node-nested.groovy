// a node within a node
node { node { sh 'basename $(pwd)' } }
