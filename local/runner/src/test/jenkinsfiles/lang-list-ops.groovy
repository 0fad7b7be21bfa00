// list methods without closures
def l = [3, 1, 2]; echo "${l.sort()} ${l.max()} ${l.sum()} ${l.join('-')} ${l[-1]} ${l[0..1]}"
