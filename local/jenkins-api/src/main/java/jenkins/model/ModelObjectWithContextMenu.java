package jenkins.model;

import hudson.model.ModelObject;

/** A model object whose link has a context menu; menus belong to the Jenkins UI and are absent here. */
public interface ModelObjectWithContextMenu extends ModelObject {}
