package io.mldelivery.runner.steps.scm;

import io.mldelivery.runner.steps.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings the files of a working tree into a workspace, and takes those away that the tree no longer has. */
final class WorkspaceCopy {
    private final WorkingTree tree;
    private final Path workspace;
    private final Path home;
    private final Path manifest;

    WorkspaceCopy(WorkingTree tree, Path workspace, Path home) {
        this.tree = tree;
        this.workspace = workspace;
        this.home = home;
        this.manifest =
                workspace.resolveSibling(workspace.getFileName() + "@tmp").resolve("checkout");
    }

    /** The number of files that were copied. */
    int bringUpToDate() throws IOException, InterruptedException {
        List<String> wanted = new ArrayList<>(tree.files());
        wanted.removeIf(file -> isOwn(tree.root().resolve(file)));
        removeOld(wanted);
        List<String> changed = new ArrayList<>();
        for (String file : wanted) {
            if (differs(tree.root().resolve(file), workspace.resolve(file))) {
                changed.add(file);
            }
        }
        FolderTree.copy(tree.root(), workspace, changed, LinkOption.NOFOLLOW_LINKS);
        Files.createDirectories(manifest.getParent());
        Files.write(manifest, wanted);
        return changed.size();
    }

    private boolean isOwn(Path file) {
        return file.startsWith(home) || file.startsWith(workspace);
    }

    private void removeOld(List<String> wanted) throws IOException {
        if (!Files.exists(manifest)) {
            return;
        }
        Set<String> kept = new HashSet<>(wanted);
        for (String file : Files.readAllLines(manifest)) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(workspace.resolve(file));
            }
        }
    }

    private static boolean differs(Path source, Path target) throws IOException {
        return !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                || Files.isSymbolicLink(source)
                || Files.size(source) != Files.size(target)
                || !Files.getLastModifiedTime(source).equals(Files.getLastModifiedTime(target));
    }
}
