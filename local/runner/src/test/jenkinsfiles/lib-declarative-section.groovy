// the section libraries
pipeline {
  agent none
  libraries { lib('conf@1.0') }
  stages { stage('s') { steps { greet('a') } } }
}
