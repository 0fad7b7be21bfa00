// environment values that use each other and outer ones
pipeline {
  agent none
  environment { A = 'a'
 B = "${A}b"
 C = "${env.B}c" }
  stages { stage('s') { environment { A = "${A}2" }
 steps { echo "${A} ${B} ${C}" } } }
}
