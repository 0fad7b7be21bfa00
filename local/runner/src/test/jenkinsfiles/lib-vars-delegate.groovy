// a block whose delegate is a map
@Library('conf@1.0') _
configured { a = 1
  b = 'two' }
