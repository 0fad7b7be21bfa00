// return inside of each ends the closure only
[1, 2].each { if (it == 1) { return }; echo "${it}" }
echo 'after'
