// an unknown result is an error
catchError(buildResult: 'BROKEN') { echo 'x' }
