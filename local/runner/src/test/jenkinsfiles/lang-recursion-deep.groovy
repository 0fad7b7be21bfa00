// calls nest at most 1024 deep
def deep(n) { n == 0 ? 0 : 1 + deep(n - 1) }
try { deep(3000) } catch (StackOverflowError e) { echo 'too deep' }
