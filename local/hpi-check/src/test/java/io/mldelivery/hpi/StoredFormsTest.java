package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.XStream2;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What our plugins leave in build.xml, config.xml and program.dat can be read again, now and by later versions. The folder
 * src/test/resources/stored has one file for each class and each release in which its form was new: XML as XStream writes it, and base64 of
 * Java serialization, which program.dat uses. Run once with {@code -Dstored.write=VERSION} before each release. The files of a release never
 * change; those of the version in work may, and a class that is new in it may still lack them.
 */
class StoredFormsTest {
    private static final Path STORED = Path.of("src", "test", "resources", "stored");
    /** The types of Java that Jenkins' class filter lets through and that every version of Jenkins reads back. */
    private static final Set<String> ALLOWED = Set.of(
            "java.lang.String",
            "java.lang.Object",
            "java.lang.Throwable",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.lang.Boolean",
            "java.util.List",
            "java.util.ArrayList",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "hudson.model.TaskListener");

    static Stream<Class<?>> stored() {
        return StoredClasses.all().stream();
    }

    static Stream<Class<?>> storedAndSent() {
        return Stream.concat(stored(), StoredClasses.sent().stream());
    }

    static Stream<Class<?>> serializable() {
        return storedAndSent().filter(Serializable.class::isAssignableFrom);
    }

    @Test
    void shouldKnowWhatIsStored() {
        assertThat(stored().map(Class::getSimpleName))
                .contains(
                        "EvidenceAction",
                        "RetrainingCause",
                        "RetrainingConfiguration",
                        "RetrainingTrigger",
                        "DeliveryConfiguration",
                        "TrainModelExecution",
                        "CanaryDeployExecution",
                        "TrainingResult",
                        "GateOutcome",
                        "ModelVersion",
                        "RolloutOutcome",
                        "DriftOutcome");
    }

    @ParameterizedTest
    @MethodSource("storedAndSent")
    void shouldKeepOnlyWhatTheClassFilterLetsThrough(Class<?> type) {
        List<String> refused = new ArrayList<>();
        for (Field field : StoredClasses.fields(type)) {
            String names = names(field.getGenericType());
            for (String name : names.split("[<>, ?]+")) {
                if (!ALLOWED.contains(name) && !primitive(name) && !StoredClasses.isOurs(StoredClasses.load(name))) {
                    refused.add(field.getName() + " of " + names);
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(type.isRecord())
                .as("a record, which Jenkins cannot read back")
                .isFalse();
    }

    private static String names(Type type) {
        return type instanceof Class<?> plain && plain.isArray()
                ? plain.getComponentType().getName()
                : type.getTypeName();
    }

    private static boolean primitive(String name) {
        return name.matches("boolean|byte|int|long|double");
    }

    @ParameterizedTest
    @MethodSource("serializable")
    void shouldDeclareItsSerialVersion(Class<?> type) {
        assertThat(Stream.of(type.getDeclaredFields()).map(Field::getName)).contains("serialVersionUID");
        assertThat(ObjectStreamClass.lookup(type).getSerialVersionUID()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldReadBackWhatItWrites(Class<?> type) throws Exception {
        Object sample = Samples.of(type);
        String xml = xml(sample);

        assertThat(xml(new XStream2().fromXML(xml))).isEqualTo(xml);
        if (sample instanceof Serializable) {
            assertThat(xml(deserialized(serialized(sample)))).isEqualTo(xml);
        }
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldReadWhatEarlierReleasesStored(Class<?> type) throws Exception {
        writeWhenAsked(type);
        List<Path> files = earlier(type, ".xml");

        for (Path file : files) {
            String before = Files.readString(file);
            assertThat(leaves(xml(new XStream2().fromXML(before)))).containsAll(leaves(before));
        }
        for (Path file : earlier(type, ".b64")) {
            String before = Files.readString(Path.of(file.toString().replace(".b64", ".xml")));
            Object read = deserialized(Base64.getMimeDecoder().decode(Files.readString(file)));
            assertThat(leaves(xml(read))).containsAll(leaves(before));
        }
        assertThat(earlier(type, ".b64")).hasSize(Serializable.class.isAssignableFrom(type) ? files.size() : 0);
    }

    @Test
    void shouldHaveStoredFormsOfTheVersionInWork() throws IOException {
        Path current =
                STORED.resolve(Pom.read(Hpi.PLUGINS.resolve("pom-central.xml")).text("parent", "version"));

        assertThat(current)
                .as("run this test once with -Dstored.write=%s", current.getFileName())
                .isDirectory();
        try (Stream<Path> files = Files.list(current)) {
            assertThat(files.count()).isGreaterThan(40);
        }
    }

    @Test
    void shouldHaveNoStoredFormOfAClassThatIsGone() throws IOException {
        try (Stream<Path> files = Files.walk(STORED)) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(file -> {
                String name = file.getFileName().toString().replaceFirst("[.](xml|b64)$", "");
                assertThat(StoredClasses.load(name)).isNotNull();
            });
        }
    }

    private static List<Path> earlier(Class<?> type, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(STORED, 2)) {
            return files.filter(file -> file.getFileName().toString().equals(type.getName() + ending))
                    .sorted()
                    .toList();
        }
    }

    private static void writeWhenAsked(Class<?> type) throws IOException {
        String release = System.getProperty("stored.write");
        if (release == null) {
            return;
        }
        Path folder = Files.createDirectories(STORED.resolve(release));
        Object sample = Samples.of(type);
        Files.writeString(folder.resolve(type.getName() + ".xml"), xml(sample) + "\n");
        if (sample instanceof Serializable) {
            Files.writeString(
                    folder.resolve(type.getName() + ".b64"),
                    Base64.getMimeEncoder(120, new byte[] {'\n'}).encodeToString(serialized(sample)) + "\n");
        }
    }

    private static String xml(Object value) {
        return new XStream2().toXML(value);
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    /** The elements that hold text, as {@code name=text}. */
    private static Set<String> leaves(String xml) {
        Set<String> leaves = new TreeSet<>();
        java.util.regex.Matcher leaf = java.util.regex.Pattern.compile("<([^\\s/>]+)[^>]*>([^<]*)</\\1>")
                .matcher(xml);
        while (leaf.find()) {
            leaves.add(leaf.group(1) + "=" + leaf.group(2));
        }
        return leaves;
    }
}
