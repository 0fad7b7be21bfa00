// a class that does not exist is a compilation error with its line
echo 'never'
new Nonsense()
