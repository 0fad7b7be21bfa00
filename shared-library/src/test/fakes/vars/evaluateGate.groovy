// Stands for the step: says what it was called with; a policy called strict.yaml stops everything.
def call(Map arguments) {
  echo "evaluateGate ${arguments.sort()}"
  boolean passed = arguments.policy != 'strict.yaml'
  return [passed: passed, outcome: passed ? 'PASS' : 'FAIL', reason: passed ? 'All rules pass.' : 'roc_auc 0.5 is below 0.6.']
}
