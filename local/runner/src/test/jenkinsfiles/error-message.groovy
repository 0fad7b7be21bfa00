// error ends the build with its message as ERROR line
node { stage('x') { error 'final failure' } }
