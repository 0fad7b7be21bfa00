// a property of a list is that of its elements
echo "${[[n: 1], [n: 2]].n} ${[[n: 1], [n: 2]]*.n}"
