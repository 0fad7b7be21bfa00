// returnStatus gives the exit status
node { echo "${sh(script: 'exit 3', returnStatus: true)} ${sh(returnStatus: true, script: 'true')}" }
