// stages within a stage
pipeline {
  agent none
  stages { stage('outer') { environment { A = 'a' }
 stages { stage('one') { steps { echo "1 ${A}" } }
 stage('two') { stages { stage('deep') { steps { echo '2' } } } } }
 post { always { echo 'outer post' } } } }
}
