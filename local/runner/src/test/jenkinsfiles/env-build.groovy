// variables of the build
echo "${env.BUILD_NUMBER} ${env.BUILD_ID} ${env.BUILD_DISPLAY_NAME} ${env.NOTHING}"
