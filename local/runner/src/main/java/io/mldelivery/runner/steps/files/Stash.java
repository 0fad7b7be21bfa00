package io.mldelivery.runner.steps.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A named set of files in the build folder. Filled beside and renamed, so an interrupted one does not exist. */
final class Stash {
    private final Path folder;

    private Stash(Path folder) {
        this.folder = folder;
    }

    static Stash of(Path buildFolder, String name) {
        if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
            throw new IllegalArgumentException("‘" + name + "’ is not a name for a stash");
        }
        return new Stash(buildFolder.resolve("stashes").resolve(name));
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    void store(Path workspace, List<String> files) throws IOException {
        Path half = folder.resolveSibling(folder.getFileName() + ".part");
        FolderTree.delete(half);
        Files.createDirectories(half);
        FolderTree.copy(workspace, half, files, LinkOption.NOFOLLOW_LINKS);
        FolderTree.delete(folder);
        Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    void restore(Path workspace) throws IOException {
        List<String> files = AntPattern.files(folder, "**", null, false);
        FolderTree.copy(folder, workspace, files, LinkOption.NOFOLLOW_LINKS);
    }
}
