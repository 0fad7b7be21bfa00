// stages inside of branches
parallel(a: { stage('sa') { echo '1' } }, b: { stage('sb') { echo '2' } })
