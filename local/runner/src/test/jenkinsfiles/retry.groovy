// retry runs the block again and says so
def n = 0
retry(3) { n++; echo "try ${n}"; if (n < 3) { error 'again' } }
