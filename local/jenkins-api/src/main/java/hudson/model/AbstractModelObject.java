package hudson.model;

import hudson.search.SearchableModelObject;

/** Base of model objects that can be searched. */
public abstract class AbstractModelObject implements SearchableModelObject {
    @Override
    public String getSearchName() {
        return getDisplayName();
    }
}
