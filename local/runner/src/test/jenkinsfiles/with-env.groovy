// withEnv for steps and for env
node { withEnv(['A=1', "B=${1 + 1}"]) { sh 'echo $A $B'; echo "${env.A} ${B}" }; echo "${env.A}" }
