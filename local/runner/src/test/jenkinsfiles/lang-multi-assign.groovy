// several variables from a list
def (a, b) = [1, 2]; echo "${a}${b}"
