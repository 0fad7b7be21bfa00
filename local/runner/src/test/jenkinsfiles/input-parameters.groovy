// input with several parameters returns a map
//: proceed
def a = input(message: 'Which?', parameters: [string(name: 'X', defaultValue: 'dx'), booleanParam(name: 'B', defaultValue: true)])
echo "${a.X} ${a.B}"
