package io.mldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mldelivery.config.ConfigNode;
import io.mldelivery.data.query.QueryFile;
import io.mldelivery.drift.policy.DriftPolicy;
import io.mldelivery.gate.policy.GatePolicy;
import io.mldelivery.retraining.local.LocalTrigger;
import io.mldelivery.rollout.plan.RolloutPlan;
import io.mldelivery.rollout.targets.TargetFile;
import io.mldelivery.runner.Linter;
import io.mldelivery.runner.binding.DescribableModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilePhase;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * What the documentation shows is true: Jenkinsfiles pass lint and call steps with arguments that exist, policies and
 * plans are read by their own readers, command lines are understood, and what a page links to is there.
 */
class DocumentationTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("^(?: {4})?(?:\\./)?mldelivery (.+)$", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    @TempDir
    private Path folder;

    /** A page with what it says in code. */
    record Snippet(String page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("benchmarks/README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    private static Stream<Snippet> snippets(String language) throws IOException {
        List<Snippet> found = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                found.add(new Snippet(ROOT.relativize(page).toString(), block.group(1), block.group(2)));
            }
        }
        return found.stream().filter(snippet -> snippet.language().equals(language));
    }

    static Stream<Snippet> jenkinsfiles() throws IOException {
        return snippets("groovy");
    }

    static Stream<Snippet> yaml() throws IOException {
        return snippets("yaml");
    }

    static Stream<Snippet> commands() throws IOException {
        List<Snippet> found = new ArrayList<>();
        for (Path page : pages()) {
            Matcher line = COMMAND.matcher(Files.readString(page).replaceAll("\\s*\\\\\\n\\s*|\\n {8,}", " "));
            while (line.find()) {
                found.add(new Snippet(
                        ROOT.relativize(page).toString(), "", line.group(1).replaceAll("\\s+#.*", "")));
            }
        }
        return found.stream();
    }

    static Stream<Snippet> links() throws IOException {
        List<Snippet> found = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                found.add(new Snippet(ROOT.relativize(page).toString(), "", link.group(1)));
            }
        }
        return found.stream().filter(link -> !link.text().matches("[a-z]+:.*"));
    }

    @ParameterizedTest
    @MethodSource("jenkinsfiles")
    void shouldShowJenkinsfilesThatPassLint(Snippet snippet) throws IOException {
        Path file = Files.writeString(folder.resolve("Jenkinsfile"), snippet.text());

        assertThat(Linter.lint(file, Map.of("ml-delivery", ROOT))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jenkinsfiles")
    void shouldCallStepsWithArgumentsThatExist(Snippet snippet) {
        assertThat(unknownArguments(snippet.text())).isEmpty();
    }

    @Test
    void shouldNoticeArgumentsThatDoNotExist() {
        assertThat(unknownArguments("node { def t = trainModel scrpt: 'a'; echo message: t.uri }"))
                .containsExactly("trainModel scrpt");
    }

    private static List<String> unknownArguments(String pipeline) {
        List<String> unknown = new ArrayList<>();
        var calls = new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                unknown.addAll(unknownArguments(call));
                super.visitMethodCallExpression(call);
            }
        };
        String script = pipeline.replaceAll("@Library\\S+ _", "");
        new AstBuilder()
                .buildFromString(CompilePhase.CONVERSION, true, script)
                .get(0)
                .visit(calls);
        return unknown;
    }

    private static List<String> unknownArguments(MethodCallExpression call) {
        StepDescriptor step = StepDescriptor.byFunctionName(String.valueOf(call.getMethodAsString()));
        if (step == null
                || step.getFunctionName().equals("parallel")
                || !(call.getArguments() instanceof TupleExpression arguments)) {
            return List.of();
        }
        return arguments.getExpressions().stream()
                .filter(MapExpression.class::isInstance)
                .flatMap(named -> ((MapExpression) named).getMapEntryExpressions().stream())
                .map(entry -> entry.getKeyExpression().getText())
                .filter(name -> !DescribableModel.of(step.clazz).names().contains(name))
                .map(name -> call.getMethodAsString() + " " + name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void shouldShowFilesThatTheirReadersTake(Snippet snippet) {
        String text = snippet.text();
        ConfigNode root = ConfigNode.parse(snippet.page(), text);
        switch (kind(new TreeSet<>(root.keys()), snippet)) {
            case "gate" -> assertThat(GatePolicy.parse(snippet.page(), text)).isNotNull();
            case "rollout" ->
                assertThat(RolloutPlan.parse(snippet.page(), text)).isNotNull();
            case "target" ->
                assertThat(TargetFile.parse(snippet.page(), text, "").label()).isNotEmpty();
            case "query" ->
                assertThat(QueryFile.parse(snippet.page(), text.getBytes(StandardCharsets.UTF_8))
                                .query())
                        .isNotEmpty();
            case "triggers" ->
                assertThat(LocalTrigger.parse(snippet.page(), text, folder)).isNotEmpty();
            case "drift" ->
                assertThat(DriftPolicy.parse(snippet.page(), text.getBytes(StandardCharsets.UTF_8)))
                        .isNotNull();
            default -> assertThat(root.keys()).as("configuration as code").isNotEmpty();
        }
    }

    private static String kind(TreeSet<String> keys, Snippet snippet) {
        if (keys.contains("unclassified") || keys.contains("jenkins")) {
            return "configuration as code";
        }
        if (keys.contains("kind") && keys.contains("name")) {
            return "target";
        }
        if (keys.contains("jdbc")) {
            return "query";
        }
        if (keys.contains("triggers")) {
            return "triggers";
        }
        if (keys.contains("rules")) {
            return "gate";
        }
        return keys.contains("strategy") || snippet.page().contains("canaryDeploy") ? "rollout" : "drift";
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowCommandLinesThatAreUnderstood(Snippet snippet) {
        CommandLine line = Main.commandLine();
        String[] words = snippet.text().split("\\s*(\\||&&|>|;)\\s")[0].trim().split("\\s+");
        CommandLine command = line;
        for (String word : words) {
            command = command.getSubcommands().getOrDefault(word, command);
        }
        assertThat(command).as("a command of 'mldelivery %s'", snippet.text()).isNotSameAs(line);
        if (snippet.text().matches(".*[\\[(|…].*")) {
            Matcher option = OPTION.matcher(snippet.text());
            while (option.find()) {
                assertThat(command.getCommandSpec().findOption(option.group()))
                        .as(option.group())
                        .isNotNull();
            }
        } else {
            line.parseArgs(words);
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void shouldLinkToWhatIsThere(Snippet link) {
        assertThat(ROOT.resolve(link.page()).resolveSibling(link.text())).exists();
    }
}
