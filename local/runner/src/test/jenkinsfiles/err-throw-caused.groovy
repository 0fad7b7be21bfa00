// an exception with a cause
try { throw new IllegalStateException('inner') } catch (e) { throw new RuntimeException('outer', e) }
