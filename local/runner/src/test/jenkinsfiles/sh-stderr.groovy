// output to both streams with returnStdout
node { def o = sh(script: 'echo out; echo err >&2', returnStdout: true); echo "[${o.trim()}]" }
