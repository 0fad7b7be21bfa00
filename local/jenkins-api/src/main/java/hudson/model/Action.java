package hudson.model;

/** Something attached to a build, job or the controller; a null URL name or icon hides it. */
public interface Action extends ModelObject {
    String getIconFileName();

    @Override
    String getDisplayName();

    String getUrlName();
}
