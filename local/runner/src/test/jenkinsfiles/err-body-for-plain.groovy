// a block for a step that takes none
echo('x') { echo 'y' }
