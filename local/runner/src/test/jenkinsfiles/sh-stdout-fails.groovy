// output of a failing command is logged
node { sh(script: 'echo seen; exit 2', returnStdout: true) }
