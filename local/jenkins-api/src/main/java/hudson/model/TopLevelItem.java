package hudson.model;

import hudson.ExtensionPoint;

/** An item that may stand at the top or in a folder. */
public interface TopLevelItem extends Item, ExtensionPoint, Describable<TopLevelItem> {
    @Override
    TopLevelItemDescriptor getDescriptor();
}
