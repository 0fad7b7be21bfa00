// parallel without branches
def r = parallel([:])
echo "${r}"
