// statements around the pipeline block
def x = 'outside'
pipeline {
  agent none
  stages { stage('s') { steps { echo "${x}" } } }
}
echo 'after'
