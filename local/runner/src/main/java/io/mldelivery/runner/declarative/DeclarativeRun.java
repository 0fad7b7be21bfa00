package io.mldelivery.runner.declarative;

import io.mldelivery.runner.build.StepsVariable;
import io.mldelivery.runner.machine.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The interpreter of models as an object of a running program. */
public final class DeclarativeRun {
    private static final String NAME = "DeclarativeInterpreter";

    private DeclarativeRun() {}

    /** The program's interpreter; compiled when it is first asked for. */
    public static Object interpreter(Program program) {
        return program.objects().computeIfAbsent(NAME, any -> make(program));
    }

    private static Object make(Program program) {
        try (InputStream in = DeclarativeRun.class.getResourceAsStream(NAME + ".groovy")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return program.type(NAME, text)
                    .getDeclaredConstructor(Object.class, Object.class)
                    .newInstance(new StepsVariable(), new DeclarativeSupport());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The interpreter of pipeline blocks does not start", e);
        }
    }
}
