// a call on null names the method
def x = null
try { x.foo() } catch (NullPointerException e) { echo e.message }
