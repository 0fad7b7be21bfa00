// an index beyond the end of an array
def a = [1, 2] as int[]
echo "${a[5]}"
