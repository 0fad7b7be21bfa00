// an unknown step ends the build and lists what there is
echo 'first'
nonsense 'x'
