// failFast interrupts the other branches
try { parallel(ok: { try { sleep 20 } finally { echo 'interrupted' } }, bad: { sleep 1; error 'broken' }, failFast: true) } catch (e) { echo "${e.message}" }
