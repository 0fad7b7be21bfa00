// output in UTF-8
node { sh 'echo grüße ✓' }
