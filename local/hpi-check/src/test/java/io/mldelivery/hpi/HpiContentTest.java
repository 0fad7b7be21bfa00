package io.mldelivery.hpi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HpiContentTest {
    private static final List<String> ALWAYS = List.of(
            "Group-Id",
            "Artifact-Id",
            "Short-Name",
            "Long-Name",
            "Plugin-Version",
            "Hudson-Version",
            "Jenkins-Version",
            "Url",
            "Plugin-Dependencies",
            "Plugin-Developers",
            "Minimum-Java-Version",
            "Support-Dynamic-Loading",
            "Plugin-License-Name",
            "Plugin-License-Url",
            "Plugin-ScmUrl");
    private static final int SMALL = 15;
    private static final Path SIZES = Path.of("..", "..", "docs", "reference", "plugin-files.md");

    static Stream<Hpi> plugins() {
        return Hpi.IDS.stream().map(Hpi::of);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldSayInTheManifestWhatJenkinsReads(Hpi hpi) {
        Attributes manifest = hpi.manifest();

        assertThat(ALWAYS)
                .allSatisfy(key -> assertThat(manifest.getValue(key)).as(key).isNotBlank());
        assertThat(manifest.getValue("Group-Id")).isEqualTo("io.jenkins.plugins");
        assertThat(manifest.getValue("Short-Name")).isEqualTo(hpi.id());
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo("2.541.3");
        assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
        assertThat(manifest.getValue("Plugin-Dependencies"))
                .matches("[a-z0-9-]+:[^,:;]+(;resolution:=optional)?(,[a-z0-9-]+:[^,:;]+(;resolution:=optional)?)*")
                .doesNotContain("${");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldWrapManifestLinesAt72Bytes(Hpi hpi) {
        assertThat(new String(hpi.entries().get("META-INF/MANIFEST.MF"), UTF_8).split("\r?\n"))
                .allSatisfy(line -> assertThat(line.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(72));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldMarkItsOwnJarAsAPlugin(Hpi hpi) {
        Map<String, byte[]> jar = hpi.ownJar();
        Attributes manifest = Hpi.manifest(jar);

        assertThat(manifest.getValue("Short-Name")).isEqualTo(hpi.id());
        assertThat(manifest.getValue("Plugin-Version")).isEqualTo(hpi.manifest().getValue("Plugin-Version"));
        assertThat(new String(jar.get("index.jelly"), UTF_8)).startsWith("<?jelly escape-by-default='true'?>");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldIndexItsExtensions(Hpi hpi) {
        Map<String, byte[]> jar = hpi.ownJar();
        boolean extends_ = Bytecode.all(jar).values().stream()
                .anyMatch(type -> type.annotations().contains("Lhudson/Extension;"));

        assertThat(jar.containsKey("META-INF/annotations/hudson.Extension")).isEqualTo(extends_);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldIndexItsSymbols(Hpi hpi) {
        Map<String, byte[]> jar = hpi.ownJar();
        List<String> symbols = Bytecode.all(jar).values().stream()
                .filter(type -> type.annotations().contains("Lorg/jenkinsci/Symbol;"))
                .map(type -> type.name().replace('/', '.'))
                .sorted()
                .toList();
        byte[] index = jar.get("META-INF/annotations/org.jenkinsci.Symbol");

        assertThat(index == null ? List.of() : new String(index, UTF_8).lines().toList())
                .isEqualTo(symbols);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldNameTheParametersOfBoundConstructors(Hpi hpi) throws IOException {
        Map<String, byte[]> jar = hpi.ownJar();
        for (Bytecode type : Bytecode.all(jar).values()) {
            if (type.boundParameters() != null) {
                Properties stapler = new Properties();
                byte[] file = jar.get(type.name().replace('$', '/') + ".stapler");
                assertThat(file).as(type.name()).isNotNull();
                stapler.load(new ByteArrayInputStream(file));
                assertThat(stapler.getProperty("constructor")).isEqualTo(String.join(",", type.boundParameters()));
            }
        }
    }

    /** The limits stand in the documentation, each over 15 MB with its reason. */
    @ParameterizedTest
    @MethodSource("plugins")
    void shouldStayBelowItsLimit(Hpi hpi) throws IOException {
        Matcher row = Pattern.compile("\\| `" + hpi.id() + "` \\| ([0-9]+) MB \\| (.+) \\|")
                .matcher(Files.readString(SIZES));
        assertThat(row.find()).as("a row in %s", SIZES).isTrue();

        int limit = Integer.parseInt(row.group(1));
        assertThat(Files.size(hpi.file())).isLessThan(limit * 1024L * 1024L);
        assertThat(limit <= SMALL || List.of("ml-data", "ml-kubernetes").contains(hpi.id()))
                .isTrue();
        assertThat(row.group(2)).hasSizeGreaterThan(limit > SMALL ? 60 : 0);
    }

    /** Folder by folder in the order of names, not in that of the disk that they were read from. */
    @ParameterizedTest
    @MethodSource("plugins")
    void shouldNotDependOnTheOrderOfFilesOnDisk(Hpi hpi) {
        List<String> names = hpi.ownJar().keySet().stream()
                .filter(name -> !name.startsWith("META-INF/") && !name.endsWith("/"))
                .toList();

        assertThat(names).isSortedAccordingTo(Comparator.comparing(name -> name.replace('/', '\0')));
    }

    /** Nothing of the machine or the moment: one time for all entries, no names of tools or users. */
    @ParameterizedTest
    @MethodSource("plugins")
    void shouldHaveNoTraceOfWhenAndWhereItWasBuilt(Hpi hpi) throws IOException {
        try (ZipFile zip = new ZipFile(hpi.file().toFile())) {
            assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
            assertThat(zip.stream().map(e -> e.getTimeLocal().toString()))
                    .allMatch(time -> time.startsWith(
                            Instant.parse("2026-11-21T00:00:00Z").toString().substring(0, 10)));
        }
        assertThat(hpi.manifest().keySet().toString()).doesNotContain("Built-By", "Build-Jdk", "Created-By");
        assertThat(Hpi.manifest(hpi.ownJar()).keySet().toString())
                .doesNotContain("Built-By", "Build-Jdk", "Created-By");
    }
}
