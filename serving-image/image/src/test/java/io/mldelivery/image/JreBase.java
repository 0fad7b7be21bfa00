package io.mldelivery.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A base image made from this machine: a Java runtime linked from its JDK, and the C libraries that Java needs. */
final class JreBase {

    private static final String MODULES =
            "java.base,java.logging,java.management,java.naming,java.net.http,java.xml,jdk.crypto.ec,jdk.unsupported";
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private JreBase() {}

    static void write(Path tar, Path work) throws Exception {
        Path jre = work.resolve("jre");
        Path home = Path.of(System.getProperty("java.home"));
        Tools.need(Files.isDirectory(home.resolve("jmods")), "a JDK with jmods is needed to link a base image");
        Tools.run(
                home.resolve("bin/jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                jre.toString());
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder()
                .addEntryRecursive(
                        jre,
                        AbsoluteUnixPath.get("/opt/java"),
                        (file, target) -> Files.isExecutable(file)
                                ? FilePermissions.fromOctalString("755")
                                : FilePermissions.DEFAULT_FILE_PERMISSIONS);
        for (String library : libraries(jre)) {
            layer.addEntry(
                    Path.of(library).toRealPath(),
                    AbsoluteUnixPath.get(library),
                    FilePermissions.fromOctalString("755"));
        }
        Path empty = Files.createDirectories(work.resolve("empty"));
        layer.addEntry(empty, AbsoluteUnixPath.get("/proc")).addEntry(empty, AbsoluteUnixPath.get("/dev"));
        Jib.fromScratch()
                .addFileEntriesLayer(layer.build())
                .setEnvironment(Map.of("PATH", "/opt/java/bin"))
                .containerize(Containerizer.to(TarImage.at(tar).named("jre:test"))
                        .setApplicationLayersCache(work.resolve("cache")));
    }

    /** Where the dynamic linker finds what Java and a C++ library need. */
    private static Set<String> libraries(Path jre) throws Exception {
        Set<String> libraries = new TreeSet<>();
        for (String user : new String[] {"bin/java", "lib/server/libjvm.so", "lib/libnio.so"}) {
            Matcher found = LIBRARY.matcher(Tools.run("ldd", jre.resolve(user).toString()));
            while (found.find()) {
                if (!found.group(1).startsWith(jre.toString())) {
                    libraries.add(found.group(1));
                }
            }
        }
        String multiarch = Path.of(libraries.stream()
                        .filter(library -> library.contains("libc.so"))
                        .findFirst()
                        .orElseThrow())
                .getParent()
                .toString();
        for (String more :
                new String[] {"libstdc++.so.6", "libgcc_s.so.1", "libdl.so.2", "libpthread.so.0", "librt.so.1"}) {
            for (String folder : new String[] {multiarch, "/usr" + multiarch}) {
                if (Files.exists(Path.of(folder, more))) {
                    libraries.add(folder + "/" + more);
                }
            }
        }
        return libraries;
    }
}
