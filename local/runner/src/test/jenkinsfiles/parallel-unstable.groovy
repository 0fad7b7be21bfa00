// an unstable branch does not stop the others
parallel(a: { unstable 'hm' }, b: { echo 'fine' })
echo currentBuild.result
