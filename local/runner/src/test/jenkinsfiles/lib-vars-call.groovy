// a global variable with call
@Library('conf@1.0') _
def n = greet('x')
echo "${n}"
