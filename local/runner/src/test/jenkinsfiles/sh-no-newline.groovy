// output without an end of line
node { sh 'printf foo' }
