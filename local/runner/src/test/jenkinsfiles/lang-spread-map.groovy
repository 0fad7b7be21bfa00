// spread in a map literal
def m = [a: 1]; echo "${[b: 2, *: m]}"
