// environment and post of cells
pipeline {
  agent none
  stages { stage('m') { matrix { axes { axis { name 'A'
 values 'x' } }
 environment { E = "e-${A}" }
 stages { stage('c') { steps { echo "${E}" } } }
 post { always { echo "post ${A}" } } } } }
}
