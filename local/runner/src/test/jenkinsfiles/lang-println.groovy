// println and print are echo
println 'p'
print 'q'
printf('%d-%s', 4, 'x')
