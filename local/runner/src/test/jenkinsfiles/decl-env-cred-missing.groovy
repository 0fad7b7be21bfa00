// environment with credentials that do not exist
pipeline {
  agent any
  environment { TOKEN = credentials('conf-nothing') }
  stages { stage('s') { steps { echo 'never' } } }
}
