package io.mldelivery.runner.build;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Gives each {@code node} block a workspace of its own: the second at a time gets {@code @2}, as in Jenkins. */
public final class Workspaces {
    private final Path first;
    private final Path home;
    private final Set<Path> inUse = new TreeSet<>();

    /** The first workspace, and the folder under which other ones are that have a relative name. */
    public Workspaces(Path first, Path home) {
        this.first = first.toAbsolutePath().normalize();
        this.home = home.toAbsolutePath().normalize();
    }

    /** The first workspace, or a sibling, that no one uses. */
    public synchronized Path lease() {
        return lease(first);
    }

    /** The folder, or a sibling, that no one uses. */
    public synchronized Path lease(Path wanted) {
        Path candidate = wanted;
        for (int number = 2; !inUse.add(candidate); number++) {
            candidate = wanted.resolveSibling(wanted.getFileName() + "@" + number);
        }
        return candidate;
    }

    /** Takes the very folder that a block had before a restart. */
    public synchronized void leaseAgain(Path folder) {
        inUse.add(folder);
    }

    /** Gives a folder back. */
    public synchronized void release(Path folder) {
        inUse.remove(folder);
    }

    /** Where workspaces are that are named. */
    public Path home() {
        return home;
    }
}
