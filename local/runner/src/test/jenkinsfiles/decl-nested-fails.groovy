// a failure skips the rest of nested stages
pipeline {
  agent none
  stages { stage('outer') { stages { stage('one') { steps { error 'no' } }
 stage('two') { steps { echo 'never' } } } }
 stage('after') { steps { echo 'never' } } }
}
