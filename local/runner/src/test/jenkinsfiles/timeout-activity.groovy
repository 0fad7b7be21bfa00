// timeout with activity
timeout(time: 2, unit: 'SECONDS', activity: true) { sleep 60 }
