// an abort goes through catchError
//: abort at Sleeping for
catchError { sleep 60 }
echo 'never'
