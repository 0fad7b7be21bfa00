// an unknown unit of time
timeout(time: 1, unit: 'FORTNIGHTS') { echo 'x' }
