package io.mldelivery.hpi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The parts of a plugin's POM that matter here. */
record Pom(Element root) {
    static Pom central(String id) {
        return read(Hpi.PLUGINS.resolve(id).resolve("pom-central.xml"));
    }

    static Pom canonical(String id) {
        return read(Hpi.PLUGINS.resolve(id).resolve("pom.xml"));
    }

    static Pom read(Path file) {
        try {
            return new Pom(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /** Text of an element named by its path; empty when absent. */
    String text(String... path) {
        Element at = root;
        for (String name : path) {
            List<Element> next = at == null ? List.of() : children(at, name);
            at = next.isEmpty() ? null : next.get(0);
        }
        return at == null ? "" : at.getTextContent().trim();
    }

    String property(String name) {
        return text("properties", name);
    }

    /** group:artifact with version and scope; those for tests left out. */
    Map<String, String> dependencies() {
        Map<String, String> found = new TreeMap<>();
        for (Element dependencies : children(root, "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                Pom one = new Pom(dependency);
                if (!one.text("scope").equals("test")) {
                    found.put(
                            one.text("groupId") + ":" + one.text("artifactId"),
                            one.text("version") + " " + one.text("scope"));
                }
            }
        }
        return found;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
