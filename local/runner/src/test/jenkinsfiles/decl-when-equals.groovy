// when equals
pipeline {
  agent none
  stages { stage('s') { when { equals expected: 2, actual: 1 + 1 }
 steps { echo 'yes' } }
 stage('t') { when { equals expected: 'a', actual: 'b' }
 steps { echo 'never' } } }
}
