package hudson;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tools.ant.BuildException;
import org.apache.tools.ant.DirectoryScanner;

/** Ant's file patterns. */
final class AntGlob {
    private AntGlob() {}

    /** Matching files relative to the folder, sorted, with forward slashes. */
    static List<String> files(File dir, String includes, String excludes, boolean defaultExcludes) throws IOException {
        if (!Util.isRelativePath(includes)) {
            throw new IOException("Expecting Ant GLOB pattern, but saw '" + includes
                    + "'. See https://ant.apache.org/manual/Types/fileset.html for syntax");
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(dir);
        scanner.setIncludes(patterns(includes));
        scanner.setExcludes(excludes == null ? null : patterns(excludes));
        if (defaultExcludes) {
            scanner.addDefaultExcludes();
        }
        try {
            scanner.scan();
        } catch (BuildException | IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        return Stream.of(scanner.getIncludedFiles())
                .map(name -> name.replace(File.separatorChar, '/'))
                .sorted()
                .toList();
    }

    private static String[] patterns(String commaSeparated) {
        return Stream.of(commaSeparated.split("[,]"))
                .map(String::trim)
                .filter(p -> !p.isEmpty())
                .toArray(String[]::new);
    }
}
