package io.mldelivery.plugin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Rules for a plugin's pages: what a strict Content-Security-Policy and Jenkins' escaping ask for. A plugin's test
 * extends it and is run in the plugin's folder.
 */
public abstract class PageRules {
    private static final Path RESOURCES = Path.of("src/main/resources");

    private final String messages;

    /** Of the plugin whose texts are in this package. */
    protected PageRules(String messagesPackage) {
        this.messages = messagesPackage.replace('.', '/') + "/Messages";
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static NodeList elements(Path view) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(view.toFile())
                .getElementsByTagName("*");
    }

    @Test
    void shouldEscapeByDefault() throws IOException {
        assertThat(files(".jelly"))
                .isNotEmpty()
                .allSatisfy(
                        view -> assertThat(Files.readString(view)).startsWith("<?jelly escape-by-default='true'?>"));
    }

    @Test
    void shouldHaveNoScriptStyleOrHandlerInsideThePage() throws Exception {
        for (Path view : files(".jelly")) {
            NodeList elements = elements(view);
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                if (element.getTagName().equals("script")
                        || element.getTagName().equals("style")) {
                    assertThat(element.getTextContent())
                            .as("%s: <%s>", view, element.getTagName())
                            .isBlank();
                }
                for (int a = 0; a < element.getAttributes().getLength(); a++) {
                    assertThat(element.getAttributes().item(a).getNodeName())
                            .as(view.toString())
                            .doesNotStartWith("on")
                            .isNotEqualTo("style");
                }
            }
        }
    }

    @Test
    void shouldExplainEveryFieldOfAForm() throws Exception {
        for (Path view : files("config.jelly")) {
            NodeList entries = elements(view);
            for (int i = 0; i < entries.getLength(); i++) {
                String field = ((Element) entries.item(i)).getAttribute("field");
                if (!field.isEmpty()) {
                    assertThat(view.resolveSibling("help-" + field + ".html")).isRegularFile();
                }
            }
        }
    }

    @Test
    void shouldTranslateKeysThatExist() throws IOException {
        Properties english = load(RESOURCES.resolve(messages + ".properties"));
        Properties german = load(RESOURCES.resolve(messages + "_de.properties"));

        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    }

    private static Properties load(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }
}
