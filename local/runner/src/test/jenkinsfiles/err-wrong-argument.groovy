// an argument that a step does not have
node { sh scrpt: 'true' }
