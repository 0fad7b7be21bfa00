// an empty script succeeds
node { sh '' }
