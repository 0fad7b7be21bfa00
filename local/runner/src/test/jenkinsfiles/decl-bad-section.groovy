// an unknown section, with its line
pipeline {
  agent none
  agnt any
  stages { stage('x') { steps { echo 'x' } } }
}
