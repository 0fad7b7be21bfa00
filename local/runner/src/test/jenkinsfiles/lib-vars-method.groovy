// another method of a global variable
@Library('conf@1.0') _
greet.twice('x')
