// Stands for the step: says what it was called with.
def call(Map arguments) {
  echo "trainModel ${arguments.sort()}"
  return [runId: 'run1', uri: 'runs:/run1']
}
