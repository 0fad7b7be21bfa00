// finally that throws replaces the error
try { error 'first' } finally { error 'second' }
