// environment with user name and password
pipeline {
  agent any
  stages { stage('s') { environment { LOGIN = credentials('conf-user') }
 steps { sh 'echo $LOGIN $LOGIN_USR $LOGIN_PSW' } } }
}
