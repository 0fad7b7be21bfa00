// isUnix inside of a node
node { echo "${isUnix()}" }
