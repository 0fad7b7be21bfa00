// script blocks hold any code
pipeline {
  agent none
  stages { stage('a') { steps { script { def x = [1, 2].collect { it * 2 }; for (i in x) { echo "${i}" } } } } }
}
