package io.mldelivery.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.site.Controller;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.yaml.snakeyaml.Yaml;

/** deploy/controller must fit the plugins that it installs. */
class ControllerImageTest {
    private static final Path ROOT = Path.of("..", "..");
    static final Path FOLDER = ROOT.resolve(Path.of("deploy", "controller"));
    private static final Set<String> BUILD_PARTS =
            Set.of("FROM", "COPY", "RUN", "ENV", "USER", "HEALTHCHECK", "ENTRYPOINT");

    @ParameterizedTest
    @MethodSource("io.mldelivery.hpi.HpiContentTest#plugins")
    void shouldInstallTheVersionsThatOurPluginsName(Hpi hpi) throws IOException {
        Map<String, String> installed = Controller.plugins(FOLDER.resolve("plugins.txt"));

        hpi.dependencies().forEach((plugin, version) -> {
            if (!Hpi.IDS.contains(plugin)) {
                assertThat(installed).containsEntry(plugin, version);
            }
        });
        assertThat(installed.values()).allMatch(version -> !version.isEmpty(), "a fixed version");
    }

    @Test
    void shouldStartFromTheBaselineAndEndAsNobodySpecial() throws IOException {
        List<String> instructions = instructions();

        assertThat(instructions).allSatisfy(line -> assertThat(BUILD_PARTS).contains(line.split(" ", 2)[0]));
        assertThat(instructions.get(0))
                .matches("FROM jenkins/jenkins:"
                        + Hpi.of("ml-delivery").manifest().getValue("Jenkins-Version") + "-jdk[0-9]+");
        assertThat(instructions.stream().filter(line -> line.startsWith("USER")))
                .containsExactly("USER 1000");
        assertThat(instructions.stream().filter(line -> line.startsWith("ENTRYPOINT")))
                .allMatch(line -> line.startsWith("ENTRYPOINT [\""));
        assertThat(instructions).noneMatch(line -> line.matches("(?i)ENV .*(password|secret|token).*"));
    }

    @Test
    void shouldCopyOnlyWhatIsThereAndInTheBuildContext() throws IOException {
        List<String> context = Files.readAllLines(FOLDER.resolve("Dockerfile.dockerignore"));
        List<String> sources = instructions().stream()
                .filter(line -> line.startsWith("COPY"))
                .map(line -> line.replaceFirst("COPY (--[a-z]+=\\S+ )*", "").split(" ")[0])
                .toList();

        assertThat(sources).hasSize(4).allSatisfy(source -> assertThat(context).contains("!" + source));
        assertThat(context.get(0)).isEqualTo("*");
        for (String source : sources) {
            if (!source.contains("*")) {
                assertThat(ROOT.resolve(source)).exists();
            }
        }
        for (String id : Hpi.IDS) {
            assertThat(ROOT.resolve("plugins/" + id + "/target/" + id + ".hpi")).exists();
        }
    }

    private static List<String> instructions() throws IOException {
        return Files.readString(FOLDER.resolve("Dockerfile"))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void shouldConfigureWhatOurPluginsOffer() throws IOException {
        Map<?, ?> unclassified = (Map<?, ?>) configuration().get("unclassified");

        assertThat(keys(unclassified.get("mlDelivery")))
                .isEqualTo(bound("io.jenkins.plugins.mldelivery.configuration.DeliveryConfiguration"));
        Map<?, ?> retraining = (Map<?, ?>) unclassified.get("mlRetraining");
        assertThat(keys(retraining))
                .isEqualTo(bound("io.jenkins.plugins.mldelivery.retraining.RetrainingConfiguration"));
        Object trigger = ((List<?>) retraining.get("triggers")).get(0);
        assertThat(keys(trigger)).isEqualTo(bound("io.jenkins.plugins.mldelivery.retraining.RetrainingTrigger"));
    }

    private static Set<String> keys(Object map) {
        Set<String> keys = new TreeSet<>();
        ((Map<?, ?>) map).keySet().forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** The names by which configuration as code sets an object. */
    private static Set<String> bound(String type) {
        Set<String> names = new TreeSet<>();
        Class<?> loaded = StoredClasses.load(type);
        Stream.of(loaded.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .forEach(name -> names.add(Character.toLowerCase(name.charAt(3)) + name.substring(4)));
        Stream.of(loaded.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .forEach(parameter -> names.add(parameter.getName()));
        return names;
    }

    @Test
    void shouldAskTheStarterForEverySecretOfTheConfiguration() throws IOException {
        Set<String> secrets = new TreeSet<>();
        collect(configuration(), secrets);

        assertThat(secrets)
                .isNotEmpty()
                .allMatch(value -> value.matches("\\$\\{[A-Z_]+}"), "a variable without a default");
        String starter = Files.readString(FOLDER.resolve("start"));
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(starter).contains(" " + secret.substring(2, secret.length() - 1)));
    }

    private static void collect(Object node, Collection<String> secrets) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (Set.of("password", "secret").contains(key)) {
                    secrets.add(value.toString());
                } else {
                    collect(value, secrets);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, secrets));
        }
    }

    private static Map<?, ?> configuration() throws IOException {
        return new Yaml().load(Files.readString(FOLDER.resolve("jenkins.yaml")));
    }

    @Test
    void shouldNotStartWithoutItsSecrets(@TempDir Path folder) throws Exception {
        assertThat(start(folder, Map.of("ADMIN_PASSWORD", "a"))).startsWith("64 start: RETRAINING_PASSWORD is not set");
        Files.writeString(folder.resolve("MLFLOW_PASSWORD"), "from a file");

        assertThat(start(
                        folder,
                        Map.of("ADMIN_PASSWORD", "a", "RETRAINING_PASSWORD", "b", "RETRAINING_WEBHOOK_SECRET", "c")))
                .startsWith("0 started --given");
    }

    private static String start(Path secrets, Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", FOLDER.resolve("start").toString(), "started", "--given");
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of("SECRETS", secrets.toString(), "JENKINS_START", "echo"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + output;
    }

    @Test
    void shouldHaveAJobForEveryTrigger() throws IOException {
        Map<?, ?> configuration = configuration();
        Map<?, ?> retraining = (Map<?, ?>) ((Map<?, ?>) configuration.get("unclassified")).get("mlRetraining");
        List<String> jobs = new ArrayList<>();
        ((List<?>) configuration.get("jobs"))
                .forEach(job -> jobs.add(((Map<?, ?>) job).get("script").toString()));

        for (Object trigger : (List<?>) retraining.get("triggers")) {
            assertThat(jobs)
                    .anyMatch(script -> script.contains("pipelineJob('" + ((Map<?, ?>) trigger).get("job") + "')"));
        }
        assertThat(ROOT.resolve("sample-jenkinsfiles/quickstart/Jenkinsfile")).exists();
        assertThat(jobs.get(0)).contains("scriptPath('sample-jenkinsfiles/quickstart/Jenkinsfile')");
    }
}
