package io.mldelivery.runner.script;

import groovy.lang.GroovyClassLoader;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;

/**
 * Defines generated classes itself instead of in a throw-away loader for each source, so that their names resolve again
 * when saved state is read back.
 */
final class PipelineClassLoader extends GroovyClassLoader {
    PipelineClassLoader(ClassLoader parent, CompilerConfiguration configuration) {
        super(parent, configuration);
    }

    @Override
    protected ClassCollector createCollector(CompilationUnit unit, SourceUnit source) {
        return new OwnCollector(unit, source);
    }

    private final class OwnCollector extends ClassCollector {
        OwnCollector(CompilationUnit unit, SourceUnit source) {
            super(null, unit, source);
        }

        @Override
        public GroovyClassLoader getDefiningClassLoader() {
            return PipelineClassLoader.this;
        }
    }
}
