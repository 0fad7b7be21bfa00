// branches with agents
pipeline {
  agent none
  stages { stage('p') { parallel { stage('a') { agent any
 steps { echo '1' } } } } }
}
