// spread in a list literal
def l = [1, 2]; echo "${[0, *l, 3]}"
