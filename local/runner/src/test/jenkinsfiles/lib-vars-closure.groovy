// a global variable that takes a block
@Library('conf@1.0') _
inStage(name: 's') { echo 'inside' }
