// a method that a global variable lacks
@Library('conf@1.0') _
greet.nonsense('x')
