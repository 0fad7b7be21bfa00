// an abort during sleep; finally runs
//: abort at Sleeping for
try { sleep 60 } finally { echo 'finally' }
echo 'never'
