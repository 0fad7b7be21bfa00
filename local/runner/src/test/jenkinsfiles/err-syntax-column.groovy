// an unexpected word in the middle of a line
node {
    sh 'a' 'b' 'c' )
}
