// a stage needs contents
pipeline {
  agent none
  stages { stage('x') { } }
}
