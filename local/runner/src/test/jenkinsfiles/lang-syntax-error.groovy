// a syntax error names line and column and runs nothing
node {
  echo 'never'
  def = 3
}
