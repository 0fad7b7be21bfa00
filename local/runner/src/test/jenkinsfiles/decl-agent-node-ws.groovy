// an agent with another workspace
pipeline {
  agent none
  stages { stage('a') { agent { node { label 'built-in'
 customWorkspace 'cws' } }
 steps { echo pwd() } } }
}
