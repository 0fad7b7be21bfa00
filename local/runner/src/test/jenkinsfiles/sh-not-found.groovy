// a command that does not exist
node { echo "${sh(script: 'nonsense-command 2> /dev/null', returnStatus: true)}" }
