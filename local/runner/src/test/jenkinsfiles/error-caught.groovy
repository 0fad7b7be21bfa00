// a caught error has its message
try { error 'x' } catch (e) { echo "caught ${e.message}" }
