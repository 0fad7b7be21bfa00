// a number where text is expected
echo 5
