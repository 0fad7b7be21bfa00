// sh with several lines stops at the first failure
node { sh '''echo a
false
echo never''' }
