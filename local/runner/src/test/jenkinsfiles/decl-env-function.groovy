// a variable from a method
def make(x) { "made ${x}" }
pipeline {
  agent none
  environment { A = make('x')
 }
  stages { stage('s') { steps { echo "${A}" } } }
}
