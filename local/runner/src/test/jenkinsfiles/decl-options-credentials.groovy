// withCredentials as an option of a stage
pipeline {
  agent any
  stages { stage('s') { options { withCredentials([string(credentialsId: 'conf-text', variable: 'TOKEN')]) }
 steps { sh 'echo $TOKEN' } } }
}
