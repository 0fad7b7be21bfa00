// a declarative Pipeline inside of a library
@Library('conf@1.0') _
wholePipeline(name: 'x')
