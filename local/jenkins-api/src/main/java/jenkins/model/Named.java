package jenkins.model;

/** Has a name. */
public interface Named {
    String getName();
}
