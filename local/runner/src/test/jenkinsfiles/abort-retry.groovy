// retry does not repeat after an abort
//: abort at Sleeping for
retry(3) { echo 'try'; sleep 60 }
echo 'never'
