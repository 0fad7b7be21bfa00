// one stage, no agent
pipeline {
  agent none
  stages { stage('a') { steps { echo 'hi' } } }
}
