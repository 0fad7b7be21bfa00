package io.mldelivery.runner.steps.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A character set, or Base64 for bytes that are no text. */
interface TextEncoding {
    String decode(byte[] bytes);

    byte[] encode(String text);

    static TextEncoding of(String name) {
        if (name != null && name.trim().equals("Base64")) {
            return new Base64Bytes();
        }
        return new Characters(name == null || name.isBlank() ? StandardCharsets.UTF_8 : Charset.forName(name.trim()));
    }

    /** Text in a character set. */
    record Characters(Charset charset) implements TextEncoding {
        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, charset);
        }

        @Override
        public byte[] encode(String text) {
            return text.getBytes(charset);
        }
    }

    /** Bytes as Base64. */
    record Base64Bytes() implements TextEncoding {
        @Override
        public String decode(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public byte[] encode(String text) {
            return Base64.getDecoder().decode(text);
        }
    }
}
