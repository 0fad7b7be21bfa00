// PATH+X puts a folder in front
node { withEnv(['PATH+X=/front']) { sh 'echo ${PATH%%:*}' } }
