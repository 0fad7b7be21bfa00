// a branch that is no closure
parallel(a: 'text')
