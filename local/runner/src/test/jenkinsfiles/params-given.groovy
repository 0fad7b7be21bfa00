// given parameters
//: twice with S=new B=false C=two
pipeline {
  agent none
  parameters { string(name: 'S', defaultValue: 's1')
 booleanParam(name: 'B', defaultValue: true)
 choice(name: 'C', choices: ['one', 'two']) }
  stages { stage('s') { steps { echo "${params.S} ${params.B} ${params.C} ${S}" } } }
}
