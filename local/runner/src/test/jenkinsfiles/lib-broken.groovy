// a library that does not compile
@Library('broken@1.0') _
half()
