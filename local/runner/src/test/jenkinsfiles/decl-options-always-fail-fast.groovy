// parallelsAlwaysFailFast stops other branches
pipeline {
  agent none
  options { parallelsAlwaysFailFast() }
  stages { stage('p') { parallel { stage('a') { steps { sleep 1
 error 'no' } }
 stage('b') { steps { sleep 60 } } } } }
}
