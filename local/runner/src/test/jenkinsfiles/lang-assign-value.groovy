// an assignment has its value, also nested and for properties
def a; def b = (a = 5); echo "${a} ${b}"; def m = [:]; m.x = m.y = 3; echo "${m}"
