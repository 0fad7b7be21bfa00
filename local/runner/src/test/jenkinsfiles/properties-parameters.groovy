// declared parameters have their defaults in the first build
properties([parameters([string(name: 'LR', defaultValue: '0.1'), booleanParam(name: 'B', defaultValue: true), choice(name: 'C', choices: ['x', 'y'])])])
echo "${params.LR} ${params.B} ${params.C}"
