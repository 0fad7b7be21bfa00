// input of a stage
//: proceed
pipeline {
  agent none
  stages { stage('s') { input { message 'Go?'
 ok 'Sure'
 parameters { string(name: 'WHO', defaultValue: 'me') } }
 steps { echo "${WHO}" } } }
}
