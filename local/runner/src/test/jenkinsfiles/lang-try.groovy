// catch, finally and the order of both
try { try { error 'deep' } finally { echo 'inner finally' } } catch (e) { echo "outer ${e.message}" } finally { echo 'outer finally' }
