// a result set in a stage is seen in post
pipeline {
  agent none
  stages { stage('a') { steps { script { currentBuild.result = 'UNSTABLE' } } } }
  post { unstable { echo 'unstable' } }
}
