// Stands for the step: says what it was called with.
def call(Map arguments) {
  Map said = arguments + [gate: arguments.gate.outcome]
  echo "registerModel ${said.sort()}"
  return [name: arguments.name, version: '3', uri: 'models:/' + arguments.name + '/3']
}
