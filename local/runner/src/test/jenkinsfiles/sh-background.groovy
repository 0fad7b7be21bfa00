// what a block leaves running ends with its node
node { sh 'set +x; sleep 300 > /dev/null 2>&1 & echo $! > pid'; sh 'set +x; kill -0 $(cat pid)' }
node { sleep 3; echo "${sh(script: 'set +x; kill -0 $(cat pid) 2> /dev/null', returnStatus: true)}" }
