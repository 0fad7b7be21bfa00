// retry with a count and a condition
def n = 0
retry(count: 3, conditions: [nonresumable()]) { n++; echo "try ${n}"; error 'no' }
