// an unknown property ends the build with its name
echo 'first'
echo nonsense
