// a string that is not closed
echo 'first'
echo 'open
