// a choice that does not exist
//: twice with C=three
pipeline {
  agent none
  parameters { choice(name: 'C', choices: ['one', 'two']) }
  stages { stage('s') { steps { echo "${params.C}" } } }
}
