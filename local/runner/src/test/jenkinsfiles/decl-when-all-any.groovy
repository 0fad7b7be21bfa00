// allOf, anyOf and not within each other
pipeline {
  agent none
  environment { A = 'x' }
  stages { stage('s') { when { anyOf { environment name: 'A', value: 'y'; allOf { environment name: 'A', value: 'x'; not { equals expected: 1, actual: 2 } } } }
 steps { echo 'yes' } } }
}
