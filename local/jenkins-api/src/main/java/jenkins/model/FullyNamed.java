package jenkins.model;

/** Has a name that includes its folders'. */
public interface FullyNamed {
    String getFullName();
}
