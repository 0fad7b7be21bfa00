// a failing branch lets the others finish
try { parallel(bad: { error 'broken' }, ok: { sleep(time: 50, unit: 'MILLISECONDS'); echo 'still' }) } catch (e) { echo "${e.message}" }
