// an abort reaches all branches
//: abort at ready
parallel(a: { try { sleep 60 } finally { echo 'a ends' } }, b: { sleep 1; echo 'ready'; sleep 60 })
