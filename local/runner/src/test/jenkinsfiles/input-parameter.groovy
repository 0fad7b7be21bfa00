// input with one parameter returns its default
//: proceed
def a = input(message: 'Which?', parameters: [string(name: 'X', defaultValue: 'dflt')])
echo "${a}"
