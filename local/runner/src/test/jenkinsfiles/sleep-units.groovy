// sleep with units
sleep(time: 5, unit: 'MILLISECONDS')
sleep 1
