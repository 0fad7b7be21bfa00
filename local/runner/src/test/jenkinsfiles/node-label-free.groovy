// what a node block returns
echo "${node { 'v' }}"
