// variables of one block may use each other in any order
pipeline {
  agent none
  environment { B = "${A}-b"
 A = 'a' }
  stages { stage('s') { steps { echo "${B}" } } }
}
