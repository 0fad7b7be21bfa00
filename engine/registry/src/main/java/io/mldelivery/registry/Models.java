package io.mldelivery.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registered models, their versions, tags and aliases. Safe to use from several threads. */
public interface Models {

    /**
     * Adds a version; the model is created when absent.
     *
     * @param source such as {@code runs:/<run>/build/model}; MLflow refuses local paths
     */
    RegisteredVersion create(String name, String runId, String source, Map<String, String> tags);

    /** Returns the version, or empty when the model or the version does not exist. */
    Optional<RegisteredVersion> version(String name, String version);

    /** Returns the version that the alias points to, or empty when model or alias do not exist. */
    Optional<RegisteredVersion> byAlias(String name, String alias);

    /** Returns all versions, newest first; none when the model does not exist. */
    List<RegisteredVersion> versions(String name);

    /**
     * Returns where the version's files really lie, whatever its {@code source} says: for {@code models:/m-…} the folder of
     * that logged model.
     */
    String address(String name, String version);

    /** Points the alias to the version, away from where it pointed. */
    void setAlias(String name, String alias, String version);

    /** Removes the alias; nothing happens when there is none. */
    void deleteAlias(String name, String alias);

    /** Sets a tag of a version, over the value it had. */
    void setTag(String name, String version, String key, String value);

    /**
     * Finds what {@code models:/<name>/<version>} or {@code models:/<name>@<alias>} names; empty when it does not exist.
     * Fails when the text is no such address.
     */
    Optional<RegisteredVersion> resolve(String modelsUri);
}
