// several arguments without names
echo 'a', 'b'
