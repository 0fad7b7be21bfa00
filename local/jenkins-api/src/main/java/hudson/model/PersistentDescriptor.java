package hudson.model;

import jakarta.annotation.PostConstruct;
import jenkins.model.Loadable;

/** A descriptor whose saved settings are read when it is made. */
public interface PersistentDescriptor extends Loadable, Saveable {
    @PostConstruct
    @Override
    void load();
}
