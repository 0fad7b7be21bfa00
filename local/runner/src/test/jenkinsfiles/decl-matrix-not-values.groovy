// exclude by notValues
pipeline {
  agent none
  stages { stage('m') { matrix { axes { axis { name 'A'
 values 'x', 'y', 'z' } }
 excludes { exclude { axis { name 'A'
 notValues 'z' } } }
 stages { stage('c') { steps { echo "${A}" } } } } } }
}
