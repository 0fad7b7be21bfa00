// a library that is not defined
@Library('nowhere@1.0') _
echo 'never'
