// strings of several lines
echo '''a
b'''.readLines().collect { it.toUpperCase() }.join(',')
echo """multi ${1 + 1}
line"""
