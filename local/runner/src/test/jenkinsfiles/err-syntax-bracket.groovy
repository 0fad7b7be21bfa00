// a bracket that is not closed
node {
  echo 'x'
