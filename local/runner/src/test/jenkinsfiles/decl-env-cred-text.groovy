// environment with a secret text
pipeline {
  agent any
  environment { TOKEN = credentials('conf-text') }
  stages { stage('s') { steps { sh 'echo $TOKEN; echo ${#TOKEN}' } } }
}
