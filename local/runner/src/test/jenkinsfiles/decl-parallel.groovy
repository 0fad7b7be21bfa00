// stages side by side
pipeline {
  agent none
  stages { stage('p') { parallel { stage('a') { steps { echo '1' } }
 stage('b') { steps { echo '2' } } } } }
}
