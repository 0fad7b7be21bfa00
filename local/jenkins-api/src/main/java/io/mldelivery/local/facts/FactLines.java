package io.mldelivery.local.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text form of {@link ApiFacts}. */
final class FactLines {
    private FactLines() {}

    static String write(ApiFacts facts) {
        StringBuilder out = new StringBuilder(
                "# Classes, methods and fields of Jenkins that the plugins may link to, read from the components named in brackets.\n"
                        + "# class FLAGS NAME SUPER INTERFACES SIGNATURE; method FLAGS NAME DESCRIPTOR EXCEPTIONS SIGNATURE; - means none.\n");
        String component = "";
        List<Type> sorted = new ArrayList<>(facts.types());
        sorted.sort(Comparator.comparing((Type t) -> facts.component(t.name())).thenComparing(Type::name));
        for (Type type : sorted) {
            if (!facts.component(type.name()).equals(component)) {
                component = facts.component(type.name());
                out.append('[').append(component).append("]\n");
            }
            write(type, out);
        }
        return out.toString();
    }

    private static void write(Type type, StringBuilder out) {
        out.append(String.join(
                        " ",
                        "class",
                        Flags.words(type.access()),
                        type.name(),
                        text(type.superName()),
                        list(type.interfaces()),
                        text(type.signature())))
                .append('\n');
        type.metaAnnotations().forEach(a -> out.append("  @").append(a).append('\n'));
        for (Member m : type.members().values()) {
            String kind = m.method() ? "method" : "field";
            String flags = Flags.words(m.access() & Member.COMPARED);
            out.append("  ")
                    .append(String.join(
                            " ", kind, flags, m.name(), m.descriptor(), list(m.exceptions()), text(m.signature())))
                    .append('\n');
        }
    }

    private static String text(String value) {
        return value == null ? "-" : value;
    }

    private static String list(List<String> values) {
        return values.isEmpty() ? "-" : String.join(",", values);
    }

    static void parse(String text, ApiFacts into) {
        String component = "";
        Open open = null;
        for (String line : text.split("\n")) {
            if (line.startsWith("[")) {
                component = line.substring(1, line.length() - 1);
            } else if (line.startsWith("class ")) {
                open = new Open(line.split(" "));
                into.add(component, open.type);
            } else if (line.startsWith("  @")) {
                open.meta.add(line.substring(3));
            } else if (line.startsWith("  ")) {
                open.member(line.trim().split(" "));
            }
        }
    }

    private static final class Open {
        private final List<String> meta = new ArrayList<>();
        private final Map<String, Member> members = new TreeMap<>();
        private final Type type;

        Open(String[] words) {
            type = new Type(
                    Flags.parse(words[1]),
                    words[2],
                    orNull(words[3]),
                    split(words[4]),
                    orNull(words[5]),
                    meta,
                    members);
        }

        void member(String[] words) {
            Member member = new Member(Flags.parse(words[1]), words[2], words[3], orNull(words[5]), split(words[4]));
            members.put(member.key(), member);
        }

        private static String orNull(String word) {
            return word.equals("-") ? null : word;
        }

        private static List<String> split(String word) {
            return word.equals("-") ? List.of() : Arrays.asList(word.split(","));
        }
    }
}
