// waitUntil runs its block until it is true
def n = 0
waitUntil { n++; n > 1 }
echo "${n}"
