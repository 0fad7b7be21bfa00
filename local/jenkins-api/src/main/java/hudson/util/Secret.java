package hudson.util;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import io.mldelivery.local.hooks.SecretKeys;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** Text that is stored encrypted only; its string form is the encrypted one's plain text, so never log it. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;
    private transient String value;

    Secret(String value) {
        this.value = value;
    }

    public String getPlainText() {
        return value;
    }

    @Override
    @Deprecated
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The form that may be stored: base64 in braces. */
    public String getEncryptedValue() {
        return SecretKeys.encrypt(value);
    }

    /** Null when the text is not in the encrypted form of this installation. */
    public static Secret decrypt(String data) {
        String plain = data == null ? null : SecretKeys.decrypt(data);
        return plain == null ? null : new Secret(plain);
    }

    /** Takes the encrypted form or plain text. */
    public static Secret fromString(String data) {
        String text = data == null ? "" : data;
        Secret decrypted = decrypt(text);
        return decrypted != null ? decrypted : new Secret(text);
    }

    public static String toString(Secret s) {
        return s == null ? null : s.value;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeUTF(getEncryptedValue());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        String plain = SecretKeys.decrypt(in.readUTF());
        if (plain == null) {
            throw new IOException("a stored secret was encrypted by another installation and cannot be read");
        }
        value = plain;
    }

    /** Writes secrets encrypted into XML. */
    public static final class ConverterImpl implements Converter {
        public ConverterImpl() {}

        @Override
        public boolean canConvert(Class type) {
            return type == Secret.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            writer.setValue(((Secret) source).getEncryptedValue());
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            return fromString(reader.getValue());
        }
    }
}
