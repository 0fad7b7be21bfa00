package jenkins.console;

/** Has a page with its log. */
public interface WithConsoleUrl {
    String getConsoleUrl();
}
