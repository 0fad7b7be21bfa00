package hudson;

import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a type that extensions implement. */
public interface ExtensionPoint {
    /** The extension point is found in another way than through {@link ExtensionList}. */
    @Deprecated
    @Target(TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface LegacyInstancesAreScopedToHudson {}
}
