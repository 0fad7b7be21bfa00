package hudson.model;

/** Anything with a name that people read. */
public interface ModelObject {
    String getDisplayName();
}
