// parameters have their defaults
pipeline {
  agent none
  parameters { string(name: 'LR', defaultValue: '0.1')
 booleanParam(name: 'B', defaultValue: false)
 choice(name: 'C', choices: ['x', 'y'])
 text(name: 'T', defaultValue: 'tt') }
  stages { stage('s') { steps { echo "${params.LR} ${params.B} ${params.C} ${params.T}" } } }
}
