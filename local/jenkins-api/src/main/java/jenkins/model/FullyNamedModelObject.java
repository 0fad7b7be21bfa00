package jenkins.model;

import hudson.model.ModelObject;

/** Has a display name that includes its folders'. */
public interface FullyNamedModelObject extends ModelObject {
    String getFullDisplayName();
}
