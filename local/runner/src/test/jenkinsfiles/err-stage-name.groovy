// a stage without a name
stage('') { echo 'x' }
