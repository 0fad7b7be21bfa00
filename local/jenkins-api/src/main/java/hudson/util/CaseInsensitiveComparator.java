package hudson.util;

import java.io.Serializable;
import java.util.Comparator;

/** Orders strings without regard to case. */
public final class CaseInsensitiveComparator implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;
    public static final Comparator<String> INSTANCE = new CaseInsensitiveComparator();

    private CaseInsensitiveComparator() {}

    @Override
    public int compare(String a, String b) {
        return a.compareToIgnoreCase(b);
    }
}
