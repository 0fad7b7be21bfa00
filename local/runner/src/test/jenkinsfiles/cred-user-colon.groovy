// user name and password in one
node { withCredentials([usernameColonPassword(credentialsId: 'conf-user', variable: 'UP')]) { sh 'echo $UP' } }
