// curry, composition by hand and default parameters of methods
def c = { a, b -> a + b }; echo "${c.curry(5)(1)}"; def f(a = 2 + 1, b = a * 2) { a + b }
echo "${f()} ${f(1)}"
