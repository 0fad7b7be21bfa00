// timeout interrupts the block; the build is aborted
timeout(time: 1, unit: 'SECONDS') { sleep 20 }
echo 'never'
