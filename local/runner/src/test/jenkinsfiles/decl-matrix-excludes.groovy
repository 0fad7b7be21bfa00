// excluded cells of a matrix
pipeline {
  agent none
  stages { stage('m') { matrix { axes { axis { name 'A'
 values 'x', 'y' }
 axis { name 'B'
 values '1', '2' } }
 excludes { exclude { axis { name 'A'
 values 'y' } }
 exclude { axis { name 'B'
 values '2' } } }
 stages { stage('c') { steps { echo "${A}${B}" } } } } } }
}
