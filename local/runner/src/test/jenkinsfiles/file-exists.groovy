// fileExists for files and folders
node { deleteDir(); writeFile file: 'a/b', text: 'x'; echo "${fileExists('a/b')} ${fileExists('a')} ${fileExists('c')}" }
