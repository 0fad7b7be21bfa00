// stages nest; the variable STAGE_NAME is the inner one
stage('a') { echo env.STAGE_NAME; stage('b') { echo env.STAGE_NAME } ; echo env.STAGE_NAME }
