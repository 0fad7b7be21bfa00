// STAGE_NAME in nested stages
stage('a') { stage('b') { echo "${env.STAGE_NAME}" }; echo "${env.STAGE_NAME}" }
echo "${env.STAGE_NAME}"
