// a failed assertion shows the expression
assert 1 == 1
try { assert 1 + 1 == 3 } catch (AssertionError e) { echo e.message.readLines()[0] }
