// waitUntil wants true or false
waitUntil { 'yes' }
