package io.mldelivery.site;

/**
 * Text that Jenkins' JSON library reads back as it was written: printable ASCII without {@code </}, and nothing that the library takes for
 * JSON inside a string (an array, an object, a quoted word, null). Anything else would break the signature on the controller.
 */
final class PlainText {
    private PlainText() {}

    static boolean accepts(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                && !value.contains("</")
                && !value.equals("null")
                && "[{'\"".indexOf(value.isEmpty() ? ' ' : value.charAt(0)) < 0;
    }
}
