// Stands for the step: says what it was called with; a plan called broken.yaml fails.
def call(Map arguments) {
  echo "canaryDeploy ${arguments.sort()}"
  if (arguments.plan == 'broken.yaml') {
    error 'rolled back'
  }
  return [outcome: 'PASS', state: 'promoted']
}
