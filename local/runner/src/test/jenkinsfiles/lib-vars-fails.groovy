// an error inside of a library
@Library('conf@1.0') _
fails()
