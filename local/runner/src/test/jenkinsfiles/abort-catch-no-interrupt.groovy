// catchError without interruptions lets an abort through
//: abort at Sleeping for
catchError(catchInterruptions: false) { sleep 60 }
echo 'never'
