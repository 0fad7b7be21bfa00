// values of branches
def r = parallel(a: { 1 }, b: { 'two' })
echo "${r.sort()}"
