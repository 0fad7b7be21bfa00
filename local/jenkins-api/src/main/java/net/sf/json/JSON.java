package net.sf.json;

/** A JSON object or array. */
public interface JSON extends java.io.Serializable {
    boolean isArray();

    boolean isEmpty();

    int size();

    String toString(int indentFactor);
}
