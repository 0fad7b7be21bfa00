package io.mldelivery.gate.metric;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Counts the test cases of a JUnit XML report, as pytest writes it. No document type is accepted, so no entities. */
final class JUnitMetrics {
    private JUnitMetrics() {}

    static MetricSet parse(String source, byte[] content) {
        NodeList cases = document(source, content).getElementsByTagName("testcase");
        int failed = 0;
        int skipped = 0;
        double seconds = 0;
        for (int i = 0; i < cases.getLength(); i++) {
            Element testCase = (Element) cases.item(i);
            failed += has(testCase, "failure") || has(testCase, "error") ? 1 : 0;
            skipped += has(testCase, "skipped") ? 1 : 0;
            seconds += seconds(source, testCase);
        }
        return MetricSet.of(source, counts(cases.getLength(), failed, skipped, seconds));
    }

    private static Map<String, Double> counts(int total, int failed, int skipped, double seconds) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("tests_total", (double) total);
        values.put("tests_failed", (double) failed);
        values.put("tests_skipped", (double) skipped);
        values.put("tests_pass_rate", (double) (total - failed - skipped) / (total - skipped));
        values.put("tests_seconds", seconds);
        return values;
    }

    private static boolean has(Element element, String child) {
        return element.getElementsByTagName(child).getLength() > 0;
    }

    private static double seconds(String source, Element testCase) {
        String time = testCase.getAttribute("time");
        try {
            return time.isEmpty() ? 0 : Double.parseDouble(time);
        } catch (NumberFormatException e) {
            throw new DeliveryException(
                    Code.DATA,
                    source + ": the time '" + time + "' of the test " + testCase.getAttribute("name")
                            + " is not a number",
                    "Write the report anew.",
                    e);
        }
    }

    private static Document document(String source, byte[] content) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new ByteArrayInputStream(content));
        } catch (SAXParseException e) {
            throw broken(source + ":" + e.getLineNumber() + ":" + e.getColumnNumber(), e);
        } catch (SAXException | IOException e) {
            throw broken(source, e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java's XML parser lacks secure processing", e);
        }
    }

    private static DeliveryException broken(String where, Exception e) {
        return new DeliveryException(
                Code.DATA,
                where + ": not a JUnit report: " + e.getMessage(),
                "Give the XML that pytest --junitxml writes.",
                e);
    }

    /** The parser's own handler prints to standard error. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // a warning does not make the report unreadable
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
