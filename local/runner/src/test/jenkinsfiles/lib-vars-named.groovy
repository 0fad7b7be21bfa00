// a global variable with named arguments
@Library('conf@1.0') _
greet('x', mark: '?')
