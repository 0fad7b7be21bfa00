// steps inside of each, collect, findAll and collectEntries
[1, 2].each { echo "e${it}" }
def c = [1, 2, 3].collect { x -> echo "c${x}"; x * 10 }
echo "${c} ${[1, 2, 3, 4].findAll { it % 2 == 0 }} ${[a: 1, b: 2].collectEntries { k, v -> [(k.toUpperCase()): v + 1] }}"
