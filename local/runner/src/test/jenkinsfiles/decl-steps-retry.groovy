// retry in steps
pipeline {
  agent none
  stages { stage('a') { steps { retry(2) { error 'no' } } } }
}
