// catch of several types
try { error 'x' } catch (IllegalStateException | hudson.AbortException e) { echo "multi ${e.message}" }
