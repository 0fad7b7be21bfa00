// Stands for the step: says what it was called with.
def call(Map arguments) {
  echo "driftCheck ${arguments.sort()}"
  return [outcome: 'FAIL', driftedColumns: ['temp']]
}
