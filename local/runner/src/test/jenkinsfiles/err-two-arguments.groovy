// two arguments without names
echo 'a', 'b'
