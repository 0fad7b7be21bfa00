// retry for all stages
pipeline {
  agent none
  options { retry(2) }
  stages { stage('s') { steps { error 'no' } } }
}
