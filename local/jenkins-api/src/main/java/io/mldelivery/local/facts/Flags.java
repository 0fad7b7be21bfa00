package io.mldelivery.local.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** Access flags as words. */
final class Flags {
    private static final Map<String, Integer> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("public", Opcodes.ACC_PUBLIC);
        WORDS.put("protected", Opcodes.ACC_PROTECTED);
        WORDS.put("static", Opcodes.ACC_STATIC);
        WORDS.put("final", Opcodes.ACC_FINAL);
        WORDS.put("abstract", Opcodes.ACC_ABSTRACT);
        WORDS.put("interface", Opcodes.ACC_INTERFACE);
        WORDS.put("annotation", Opcodes.ACC_ANNOTATION);
        WORDS.put("enum", Opcodes.ACC_ENUM);
    }

    private Flags() {}

    static String words(int access) {
        List<String> words = new ArrayList<>();
        WORDS.forEach((word, flag) -> {
            if ((access & flag) != 0) {
                words.add(word);
            }
        });
        return words.isEmpty() ? "none" : String.join(",", words);
    }

    static int parse(String words) {
        int access = 0;
        for (String word : words.split(",")) {
            access |= word.equals("none") ? 0 : WORDS.get(word);
        }
        return access;
    }
}
