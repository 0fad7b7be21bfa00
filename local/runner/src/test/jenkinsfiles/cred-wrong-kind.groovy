// credentials of another kind
node { withCredentials([string(credentialsId: 'conf-user', variable: 'TOKEN')]) { echo 'never' } }
