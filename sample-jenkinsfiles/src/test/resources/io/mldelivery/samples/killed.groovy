// A rollout beside what else a Pipeline does. Every line of counts is written by one step, so each must be there once.
node {
    parallel(
        rollout: {
            timeout(time: 5, unit: 'MINUTES') {
                def rollout = canaryDeploy model: "models:/late-flights/${params.VERSION}", plan: 'rollout.yaml',
                    target: 'local', drill: params.FAULT, onFail: 'ignore'
                sh "echo rollout-${rollout.state} >> counts"
            }
        },
        retried: {
            for (int i = 0; i < 3; i++) {
                int attempt = 0
                retry(3) {
                    attempt++
                    sh "sleep 0.3; echo retried-${i}-${attempt} >> counts"
                    if (attempt < 3) {
                        error 'again'
                    }
                }
            }
        },
        limited: {
            try {
                timeout(time: 2, unit: 'SECONDS') {
                    sleep 600
                }
            } catch (e) {
                sh 'echo expired >> counts'
            }
        })
    sh 'echo end >> counts'
}
