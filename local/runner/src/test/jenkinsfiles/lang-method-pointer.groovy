// a method as a value
def f(x) { x * 2 }
def p = this.&f; echo "${p(4)}"
