// a step without what it requires
node { sh() }
