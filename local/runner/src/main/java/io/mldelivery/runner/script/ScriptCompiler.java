package io.mldelivery.runner.script;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/**
 * Compiles the sources of one program with the CPS transformation. Classes of the same compiler see each other. Not
 * thread-safe: belongs to the thread of the program.
 */
public final class ScriptCompiler {
    private final PipelineClassLoader loader;

    /** Customizers run before the CPS transformation, in the given order. */
    public ScriptCompiler(ClassLoader parent, List<CompilationCustomizer> customizers) {
        this.loader = new PipelineClassLoader(parent, configuration(customizers));
    }

    private static CompilerConfiguration configuration(List<CompilationCustomizer> customizers) {
        var configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.setSourceEncoding("UTF-8");
        var imports = new ImportCustomizer();
        imports.addStarImports(NonCPS.class.getPackageName(), "hudson.model", "jenkins.model");
        configuration.addCompilationCustomizers(imports);
        customizers.forEach(configuration::addCompilationCustomizers);
        configuration.addCompilationCustomizers(new Desugar());
        configuration.addCompilationCustomizers(transformer());
        return configuration;
    }

    private static CpsTransformer transformer() {
        var transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(PipelineClosure.class));
        return transformer;
    }

    /** Adds a folder with Groovy sources in their package folders. */
    public void addSources(Path folder) {
        try {
            loader.addURL(folder.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Not a folder of sources: " + folder, e);
        }
    }

    /** Compiles text as a script of the given class name; compiling the same name again replaces the class. */
    public Class<?> compile(String className, String text) {
        return loader.parseClass(new GroovyCodeSource(text, className, "/groovy/shell"));
    }

    /** Compiles text and makes the script object with its variables. */
    public Script script(String className, String text, Binding binding) {
        return instance(compile(className, text), binding);
    }

    /** The object of a script class that this compiler made or finds in its folders of sources. */
    public Script instance(Class<?> type, Binding binding) {
        try {
            var script = (Script) type.getDeclaredConstructor().newInstance();
            script.setBinding(binding);
            return script;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + type.getName(), e);
        }
    }

    /** The loader that defines the compiled classes; saved state is read through it. */
    public GroovyClassLoader loader() {
        return loader;
    }
}
