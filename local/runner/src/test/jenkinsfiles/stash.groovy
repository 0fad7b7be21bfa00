// stash and unstash across folders
node { deleteDir(); writeFile file: 'a/x', text: '1'; writeFile file: 'b', text: '2'; stash name: 's', includes: 'a/**'; deleteDir(); unstash 's'; echo "${fileExists('a/x')} ${fileExists('b')}" }
