package io.mldelivery.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a Jenkinsfile of the conformance suite is run, from its second line: {@code //: twice} for the log of the second
 * build, {@code //: twice with A=b C=d} with parameters for that one, {@code //: proceed} for a yes to all inputs,
 * {@code //: abort at TEXT} for an abort as soon as the log has the text.
 */
record HowToRun(String directive) {
    static final HowToRun PLAIN = new HowToRun("");
    private static final String MARK = "//:";

    static HowToRun of(Path script) throws IOException {
        List<String> lines = Files.readAllLines(script);
        boolean has = lines.size() > 1 && lines.get(1).startsWith(MARK);
        return has ? new HowToRun(lines.get(1).substring(MARK.length()).strip()) : PLAIN;
    }

    boolean isSecondBuild() {
        return directive.startsWith("twice");
    }

    boolean proceeds() {
        return directive.equals("proceed");
    }

    /** The text after which the build is aborted; null for none. */
    String abortAt() {
        String start = "abort at ";
        return directive.startsWith(start) ? directive.substring(start.length()).replace("\\n", "\n") : null;
    }

    Map<String, String> parameters() {
        Map<String, String> values = new LinkedHashMap<>();
        int with = directive.indexOf("with ");
        if (with >= 0) {
            for (String pair : directive.substring(with + "with ".length()).split(" ")) {
                String[] sides = pair.split("=", 2);
                values.put(sides[0], sides[1]);
            }
        }
        return values;
    }
}
