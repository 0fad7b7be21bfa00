package io.mldelivery.runner.script;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import java.util.List;
import org.codehaus.groovy.runtime.InvokerHelper;

/** A closure of transformed code. Hands the names that Groovy gives every object on to the script, so that steps win. */
public class PipelineClosure extends CpsClosure {
    private static final long serialVersionUID = 1L;

    /** Called by the code that groovy-cps generates. */
    public PipelineClosure(Object owner, Object thisObject, List<String> parameters, Block body, Env capture) {
        super(owner, thisObject, parameters, body, capture);
    }

    /** The step {@code sleep}. */
    public Object sleep(long time) {
        return InvokerHelper.invokeMethod(getOwner(), "sleep", time);
    }

    /** The step {@code echo}, as for a script. */
    public void println(Object value) {
        InvokerHelper.invokeMethod(getOwner(), "println", value);
    }

    /** The step {@code echo}, as for a script. */
    public void print(Object value) {
        InvokerHelper.invokeMethod(getOwner(), "print", value);
    }
}
