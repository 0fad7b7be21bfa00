// a timeout inside of retry is tried again
def n = 0
retry(2) { n++; timeout(time: 1, unit: 'SECONDS') { if (n == 1) { sleep 20 } ; echo "n ${n}" } }
