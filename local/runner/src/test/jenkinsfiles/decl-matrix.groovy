// two axes, one excluded cell
pipeline {
  agent none
  stages { stage('m') { matrix { axes { axis { name 'A'
 values 'x', 'y' }
 axis { name 'B'
 values 'u', 'v' } }
 excludes { exclude { axis { name 'A'
 values 'x' }
 axis { name 'B'
 values 'u' } } }
 stages { stage('c') { steps { echo "${A}${B}" } } } } } }
}
