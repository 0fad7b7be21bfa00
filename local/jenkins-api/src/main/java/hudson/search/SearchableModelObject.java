package hudson.search;

import hudson.model.ModelObject;

/** A model object with its own search box. */
public interface SearchableModelObject extends ModelObject, SearchItem {}
