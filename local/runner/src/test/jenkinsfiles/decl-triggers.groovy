// triggers are accepted
pipeline {
  agent none
  triggers { cron('H 4 * * 1') }
  stages { stage('s') { steps { echo 'x' } } }
}
