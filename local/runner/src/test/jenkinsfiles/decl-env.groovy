// environment of pipeline and stage
pipeline {
  agent none
  environment { A = 'a'
 B = "${A}-b" }
  stages { stage('s') { environment { C = "${B}-c" }
 steps { echo "${env.A} ${B} ${C}" } } }
}
