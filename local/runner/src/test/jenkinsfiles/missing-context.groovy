// a step that needs a node says which one to use
echo 'x'
sh 'true'
