// a result NOT_BUILT
pipeline {
  agent none
  stages { stage('s') { steps { script { currentBuild.result = 'NOT_BUILT' } } } }
  post { notBuilt { echo 'notBuilt' }
 unsuccessful { echo 'unsuccessful' } }
}
