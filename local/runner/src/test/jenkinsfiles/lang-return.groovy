// return ends the script with success
echo 'a'
if (true) { return }
echo 'never'
