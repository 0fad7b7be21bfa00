// an error of a library is caught by the Jenkinsfile
@Library('conf@1.0') _
try { fails() } catch (e) { echo "caught ${e.message}" }
