// an error in one branch, the other goes on
parallel(a: { error 'no' }, b: { sleep 1; echo 'b goes on' })
