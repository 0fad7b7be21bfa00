// an argument of a wrong type
@Library('conf@1.0') _
greet(5)
