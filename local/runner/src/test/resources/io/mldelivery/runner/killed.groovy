// Every line of counts is written by one step, so each of them must be there exactly once in the end.
node {
    parallel(
        steps: {
            for (int i = 0; i < 12; i++) {
                sh "echo step-${i} >> \$WORKSPACE/counts"
            }
        },
        retried: {
            for (int i = 0; i < 3; i++) {
                int attempt = 0
                retry(3) {
                    attempt++
                    sh "echo retried-${i}-${attempt} >> \$WORKSPACE/counts"
                    if (attempt < 3) {
                        error 'again'
                    }
                }
            }
        },
        limited: {
            timeout(time: 10, unit: 'MINUTES') {
                sh "sleep 1; echo limited >> \$WORKSPACE/counts"
            }
            try {
                timeout(time: 1, unit: 'SECONDS') {
                    sleep 600
                }
            } catch (e) {
                sh "echo expired >> \$WORKSPACE/counts"
            }
        },
        nested: {
            stage('inner') {
                parallel(
                    left: { sh "sleep 0.3; echo left >> \$WORKSPACE/counts" },
                    right: { withEnv(['SIDE=right']) { sh "sleep 0.5; echo \$SIDE >> \$WORKSPACE/counts" } })
            }
            sh "echo nested >> \$WORKSPACE/counts"
        })
    sh "echo end >> \$WORKSPACE/counts"
}
