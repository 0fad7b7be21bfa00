// a condition for each cell
pipeline {
  agent none
  stages { stage('m') { matrix { axes { axis { name 'A'
 values 'x', 'y' } }
 when { expression { A == 'y' } }
 stages { stage('c') { steps { echo "${A}" } } } } } }
}
