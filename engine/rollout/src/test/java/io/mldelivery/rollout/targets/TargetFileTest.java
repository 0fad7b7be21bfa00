package io.mldelivery.rollout.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mldelivery.model.DeliveryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class TargetFileTest {
    private static final String CLUSTER = """
            kind: kubernetes
            name: flights
            namespace: ml
            template: serving.yaml
            router: {kind: http-route, name: flights, port: 80}
            metrics: {kind: prometheus, url: "http://prometheus:9090"}
            """;
    private static final String TEMPLATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "${name}"}
            spec: {template: {metadata: {}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: "${name}"}
            """;

    @TempDir
    Path folder;

    @Test
    void shouldReadFileAndTemplateBesideIt() throws Exception {
        Files.writeString(folder.resolve("serving.yaml"), TEMPLATE);
        TargetFile file = TargetFile.read(Files.writeString(folder.resolve("target.yaml"), CLUSTER));

        assertThat(file.label()).isEqualTo("kubernetes/ml/flights");
        assertThat(file.template()).isEqualTo(TEMPLATE);
        assertThatThrownBy(() -> TargetFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("cannot read the target's file none.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mldelivery", "triton", "djl-serving", "torchserve", "tf-serving"})
    void shouldReadTheTargetsOfOtherServers(String server) {
        Path file = Path.of("..", "..", "resources", "targets", server, "target.yaml");

        assertThat(TargetFile.read(file).accessRules("roller"))
                .contains("networkpolicies", "horizontalpodautoscalers", "poddisruptionbudgets", "deployments");
    }

    @Test
    void shouldWriteTheLeastRightsForItsTemplateAndRouter() {
        String yaml = TargetFile.parse("target.yaml", CLUSTER, TEMPLATE).accessRules("roller");
        List<Object> documents = new java.util.ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml).forEach(documents::add);

        assertThat(documents).hasSize(3);
        assertThat(documents.get(1))
                .isInstanceOf(Map.class)
                .asString()
                .contains("resources=[httproutes], verbs=[get, list, patch, watch]")
                .contains("resources=[networkpolicies], verbs=[create, delete, patch]")
                .contains("resources=[deployments], verbs=[create, delete, list, patch, watch]")
                .contains("resources=[pods], verbs=[list, watch]")
                .doesNotContain("*")
                .doesNotContain("secrets");
        assertThat(documents.get(2)).asString().contains("name=roller");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "kind: kubernetes|kind: nomad|'nomad' is not known",
                "name: flights~namespace|name: Flights!~namespace|cannot name a target",
                "namespace: ml|namspace: ml|unknown key 'namspace'",
                "kind: http-route|kind: carrier-pigeon|'carrier-pigeon' is not known",
                "port: 80|port: 0|must be from 1 to 65535",
                "kind: http-route, name: flights, port: 80|kind: replicas, pods: 1|must be from 2 to 1000",
                "kind: http-route, name: flights, port: 80|kind: fields, name: x, apiVersion: a/v1, of: X, candidateWeight: /status/w|does not point into the object's spec",
                "kind: prometheus, url|kind: graphite, url|'graphite' is not known",
                "http://prometheus:9090|prometheus|is no http or https address",
                "kind: prometheus, url|kind: prometheus, user: me, url|user and passwordVariable belong together",
                "kind: prometheus, url|kind: prometheus, series: {requests: a, code: b, success: '('}, url|is no regular expression",
                "template: serving.yaml|cluster: {context: a}~template: serving.yaml|exactly one of kubeconfig and server",
                "template: serving.yaml|cluster: {server: 'https://x'}~template: serving.yaml|server and tokenVariable belong together",
            })
    void shouldSayWhatAndWhereWhenItIsWrong(String part, String replacement, String message) {
        String broken = CLUSTER.replace(part.replace('~', '\n'), replacement.replace('~', '\n'));

        assertThat(broken).isNotEqualTo(CLUSTER);
        assertThatThrownBy(
                        () -> TargetFile.parse("target.yaml", broken, TEMPLATE).accessRules("a"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("target.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void shouldWantTwoServersOfHaproxy() {
        String yaml = "kind: haproxy\nname: flights\nsocket: /run/h.sock\nbackend: b\nservers: [one]\n";

        assertThatThrownBy(() -> TargetFile.parse("target.yaml", yaml, "")).hasMessageContaining("exactly two servers");
        assertThat(TargetFile.parse("target.yaml", yaml.replace("[one]", "[one, two]"), "")
                        .label())
                .isEqualTo("haproxy/flights");
        assertThatThrownBy(() -> TargetFile.parse("target.yaml", yaml.replace("[one]", "[one, two]"), "")
                        .accessRules("a"))
                .hasMessageContaining("only a target in a cluster has access rules");
    }
}
