// NonCPS methods run plain Groovy
@NonCPS def sorted(l) { l.sort { a, b -> b <=> a } }
echo "${sorted([3, 1, 2])}"
