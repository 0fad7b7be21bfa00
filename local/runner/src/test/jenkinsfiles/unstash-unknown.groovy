// an unknown stash is an error
node { unstash 'nothing' }
