// a process that was killed by a signal
node { sh 'set +x; kill -9 $$' }
