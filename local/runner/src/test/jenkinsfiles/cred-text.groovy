// a secret text is a variable and is masked
node { withCredentials([string(credentialsId: 'conf-text', variable: 'TOKEN')]) { sh 'echo $TOKEN; echo ${#TOKEN}' } }
