// conditions after failure, cleanup last
pipeline {
  agent none
  stages { stage('a') { steps { error 'no' } } }
  post { cleanup { echo 'cleanup' }
 failure { echo "failure ${currentBuild.result} ${currentBuild.currentResult}" }
 unsuccessful { echo 'unsuccessful' }
 always { echo 'always' } }
}
