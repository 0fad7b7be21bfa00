// returnStdout and returnStatus at once
node { sh(script: 'true', returnStdout: true, returnStatus: true) }
