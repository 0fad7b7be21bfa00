// archiveArtifacts
node { sh 'mkdir -p out && echo 1 > out/a.txt'; archiveArtifacts 'out/*.txt' }
