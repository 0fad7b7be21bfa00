// all post conditions run in a fixed order
pipeline {
  agent none
  stages { stage('s') { steps { unstable 'hm' } } }
  post { cleanup { echo 'cleanup' }
 failure { echo 'failure' }
 unstable { echo 'unstable' }
 unsuccessful { echo 'unsuccessful' }
 success { echo 'success' }
 aborted { echo 'aborted' }
 notBuilt { echo 'notBuilt' }
 changed { echo 'changed' }
 always { echo 'always' } }
}
