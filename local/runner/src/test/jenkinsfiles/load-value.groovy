// load returns what the script returns
node { writeFile file: 'x.groovy', text: 'echo "in"\n42'; echo "${load('x.groovy')}" }
