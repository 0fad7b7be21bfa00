// casts and coercion
def x = (int) 3.7; def y = '5' as int; String s = 5; echo "${x} ${y} ${s}"
