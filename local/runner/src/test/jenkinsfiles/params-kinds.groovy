// all core kinds of parameters with their defaults
//: twice
pipeline {
  agent none
  parameters { string(name: 'S', defaultValue: 's1', description: 'd')
 text(name: 'T', defaultValue: 'a\nb')
 booleanParam(name: 'B', defaultValue: true)
 choice(name: 'C', choices: ['one', 'two'])
 password(name: 'P', defaultValue: 'hidden-pw') }
  stages { stage('s') { steps { echo "${params.S} ${params.T.readLines().size()} ${params.B} ${params.C}"
 echo "${env.S} ${env.B} ${params.B.class.simpleName}" } } }
}
