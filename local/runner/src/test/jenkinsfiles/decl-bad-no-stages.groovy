// a pipeline needs stages
pipeline {
  agent none
  environment { A = 'b' }
}
