// elvis, safe navigation, in, spaceship
def x = null; echo "${x?.foo?.bar} ${x ?: 'd'} ${5 in [5, 6]} ${1 <=> 2}"
