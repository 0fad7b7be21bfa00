// block steps in steps
pipeline {
  agent none
  stages { stage('a') { steps { withEnv(['A=1']) { timeout(time: 1, unit: 'HOURS') { echo env.A } } } } }
}
