// load runs a file and returns its script
node { writeFile file: 'x.groovy', text: 'def twice(x) { echo "t"; x * 2 }\nreturn this'; def s = load 'x.groovy'; echo "${s.twice(3)}" }
