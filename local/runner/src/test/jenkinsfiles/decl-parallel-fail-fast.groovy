// failFast true
pipeline {
  agent none
  stages { stage('p') { failFast true
 parallel { stage('a') { steps { sleep 1
 error 'no' } }
 stage('b') { steps { sleep 20 } } } } }
}
