// a field of the script is seen in methods
import groovy.transform.Field
@Field def cfg = [a: 1]
def f() { cfg.a }
echo "${f()}"
