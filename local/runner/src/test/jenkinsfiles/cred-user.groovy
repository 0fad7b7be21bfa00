// user name and password
node { withCredentials([usernamePassword(credentialsId: 'conf-user', usernameVariable: 'U', passwordVariable: 'P')]) { sh 'echo $U $P' } }
