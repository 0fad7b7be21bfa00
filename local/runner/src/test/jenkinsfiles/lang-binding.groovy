// a variable without def is seen in methods
x = 7
def f() { x }
echo "${f()}"
