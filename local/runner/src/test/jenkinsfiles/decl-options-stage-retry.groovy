// retry of one stage
pipeline {
  agent none
  stages { stage('s') { options { retry(2) }
 steps { error 'no' } } }
}
