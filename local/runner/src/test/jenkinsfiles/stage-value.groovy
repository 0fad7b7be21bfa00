// stage returns the value of its block
echo "${stage('s') { 'v' }}"
