// deleteDir empties the folder
node { writeFile file: 'a/b', text: 'x'; deleteDir(); echo "${fileExists('a/b')}" }
