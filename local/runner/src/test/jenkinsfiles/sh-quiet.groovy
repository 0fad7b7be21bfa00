// set +x stops the trace
node { sh 'set +x; echo quiet' }
