// branch by the environment variable
pipeline {
  agent none
  environment { BRANCH_NAME = 'release-1' }
  stages { stage('s') { when { branch 'release-*' }
 steps { echo 'yes' } }
 stage('t') { when { branch pattern: 'release-\\d+', comparator: 'REGEXP' }
 steps { echo 'regexp' } }
 stage('u') { when { branch 'main' }
 steps { echo 'no' } } }
}
