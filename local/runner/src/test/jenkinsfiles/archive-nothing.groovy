// archiveArtifacts without a match
node { archiveArtifacts 'none/*.txt' }
