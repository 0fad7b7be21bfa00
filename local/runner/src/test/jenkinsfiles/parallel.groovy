// branches in turn, results by name
def r = parallel(a: { echo 'a1'; 'ra' }, b: { echo 'b1'; 'rb' })
echo "${r.a} ${r.b}"
