// global variables as steps of a declarative Pipeline
@Library('conf@1.0') _
pipeline {
  agent none
  stages { stage('s') { steps { greet('a')
 script { def n = greet('b'); echo "${n}" } } } }
}
