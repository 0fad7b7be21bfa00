// a list where text is expected
echo(['a', 'b'])
