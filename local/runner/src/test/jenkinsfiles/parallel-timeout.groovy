// a timeout around parallel interrupts all branches
timeout(time: 1, unit: 'SECONDS') { parallel(a: { sleep 20 }, b: { sleep 20 }) }
