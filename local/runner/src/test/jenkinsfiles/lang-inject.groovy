// inject, any, every, find
echo "${[1, 2, 3].inject(0) { a, b -> a + b }} ${[1, 2].any { it == 2 }} ${[1, 2].every { it > 0 }} ${[1, 2].find { it > 1 }}"
