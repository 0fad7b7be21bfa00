// an abort inside of timeout is no timeout
//: abort at Sleeping for
timeout(time: 5, unit: 'MINUTES') { sleep 60 }
