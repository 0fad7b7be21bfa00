// a stash of nothing is an error
node { deleteDir(); stash name: 's' }
