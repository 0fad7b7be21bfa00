// evaluate runs text as a script
def r = evaluate('1 + 2'); echo "${r}"
