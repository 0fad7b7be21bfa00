// a property of null
def x = null
echo "${x.foo}"
