// a block that is quick passes its value through timeout
echo "${timeout(time: 1, unit: 'HOURS') { 5 }}"
