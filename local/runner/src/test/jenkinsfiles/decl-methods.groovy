// methods beside the pipeline block
pipeline {
  agent none
  stages { stage('a') { steps { greet('x') } } }
}

def greet(n) { echo "hi ${n}" }
