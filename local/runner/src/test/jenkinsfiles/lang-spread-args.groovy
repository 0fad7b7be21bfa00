// spread in arguments of a method
def f(a, b) { a + b }
def x = [1, 2]; echo "${f(*x)}"
