package hudson.model;

import jenkins.model.Jenkins;

/** Gives forms the descriptors by their ids. */
public interface DescriptorByNameOwner extends ModelObject {
    default Descriptor getDescriptorByName(String id) {
        return Jenkins.get().getDescriptorByName(id);
    }
}
