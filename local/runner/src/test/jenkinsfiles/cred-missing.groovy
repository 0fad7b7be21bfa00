// credentials that do not exist
node { withCredentials([string(credentialsId: 'conf-nothing', variable: 'TOKEN')]) { echo 'never' } }
