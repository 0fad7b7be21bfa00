// returnStdout gives the output, untrimmed
node { def o = sh(script: 'printf "a\\nb\\n"', returnStdout: true); echo "${o.length()} ${o.trim()}" }
