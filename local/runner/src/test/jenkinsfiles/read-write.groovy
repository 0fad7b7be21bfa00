// readFile and writeFile with text and Base64
node { deleteDir(); writeFile file: 'x', text: 'häß\n'; echo readFile('x').trim(); writeFile file: 'y', text: 'aGk=', encoding: 'Base64'; echo readFile('y'); echo readFile(file: 'y', encoding: 'Base64') }
