// the stage overrides the pipeline
pipeline {
  agent none
  environment { A = 'outer' }
  stages { stage('s') { environment { A = 'inner' }
 steps { echo env.A } }
 stage('t') { steps { echo env.A } } }
}
