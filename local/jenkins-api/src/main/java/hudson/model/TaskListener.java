package hudson.model;

import io.mldelivery.local.hooks.NullListener;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Formatter;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Receives the log of a build or task. */
public interface TaskListener extends SerializableOnlyOverRemoting {
    /** Drops everything. */
    TaskListener NULL = new NullListener();

    PrintStream getLogger();

    default Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    /** Writes a link: its text is what a plain log shows. */
    default void hyperlink(String url, String text) throws IOException {
        getLogger().print(text);
    }

    default PrintWriter error(String msg) {
        return prefixed("ERROR: ", msg);
    }

    default PrintWriter error(String format, Object... args) {
        return error(new Formatter().format(format, args).toString());
    }

    default PrintWriter fatalError(String msg) {
        return prefixed("FATAL: ", msg);
    }

    default PrintWriter fatalError(String format, Object... args) {
        return fatalError(new Formatter().format(format, args).toString());
    }

    private PrintWriter prefixed(String prefix, String msg) {
        PrintStream out = getLogger();
        out.println(prefix + msg);
        return new PrintWriter(new OutputStreamWriter(out, getCharset()), true);
    }
}
