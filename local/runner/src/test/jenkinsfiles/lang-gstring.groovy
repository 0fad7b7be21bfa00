// strings with expressions, keys and methods
def n = 'w'; def m = [("k${n}".toString()): 1]; echo "${m} ${"a${n}".length()} ${'single $n'}"
