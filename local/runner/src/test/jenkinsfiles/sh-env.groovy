// variables of the build in sh
node { sh 'echo $JOB_NAME $BUILD_NUMBER $BUILD_TAG $STAGE_NAME' }
