// branches from a map with captured variables
def m = [:]
for (n in ['x', 'y']) { def nn = n; m["br-${nn}".toString()] = { echo nn } }
parallel m
