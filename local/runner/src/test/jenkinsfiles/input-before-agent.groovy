// input of a stage comes before its agent; when before input skips it
//: proceed
pipeline {
  agent none
  stages { stage('s') { when { beforeInput true
 expression { false } }
 input { message 'Go?' }
 steps { echo 'never' } }
 stage('t') { agent any
 input { message 'Now?' }
 steps { echo 'on' } } }
}
