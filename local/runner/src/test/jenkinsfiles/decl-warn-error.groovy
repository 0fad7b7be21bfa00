// warnError in steps
pipeline {
  agent none
  stages { stage('s') { steps { warnError('careful') { error 'no' } }
 post { unstable { echo 'stage unstable' } } } }
  post { unstable { echo 'build unstable' } }
}
