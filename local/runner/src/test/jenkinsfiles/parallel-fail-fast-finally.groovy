// failFast interrupts the other branches; their finally runs
parallel(a: { sleep 1; error 'no' }, b: { try { sleep 60 } finally { echo 'b cleans up' } }, failFast: true)
