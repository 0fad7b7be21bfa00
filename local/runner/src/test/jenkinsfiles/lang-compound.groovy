// compound assignments and increments of variables and of map entries
def x = 1; x += 2; x++; ++x; x <<= 1; def m = [c: 1]; m.c += 5; m['d'] = 2; m.c++; echo "${x} ${m}"
