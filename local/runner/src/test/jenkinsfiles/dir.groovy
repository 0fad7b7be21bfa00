// dir changes the folder for steps and sh, and makes it when needed
node { dir('sub/deep') { writeFile file: 'f', text: 'x'; sh 'basename $(pwd)'; dir('..') { sh 'ls -d deep' } }; deleteDir() }
