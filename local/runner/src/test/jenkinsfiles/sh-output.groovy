// sh echoes commands and their output, errors in order
node { sh 'echo out; echo err >&2' }
