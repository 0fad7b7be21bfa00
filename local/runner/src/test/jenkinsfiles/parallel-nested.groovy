// parallel inside of parallel
parallel(a: { parallel(a1: { echo '1' }, a2: { echo '2' }) }, b: { echo '3' })
