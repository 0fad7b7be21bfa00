// an abort ends the processes of sh
//: abort at begun\n
node { sh 'echo begun; sleep 60' }
