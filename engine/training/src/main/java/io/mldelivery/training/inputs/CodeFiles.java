package io.mldelivery.training.inputs;

import io.mldelivery.digest.FileDigest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The code of a training: the script, and every Python file in its folder and below, which it may import. */
final class CodeFiles {
    private CodeFiles() {}

    static List<FileDigest> of(Path root, Path script) throws IOException {
        List<Path> files = new ArrayList<>(List.of(script));
        Files.walkFileTree(script.getParent(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean foreign = folder.getFileName().toString().matches("\\..+|__pycache__|node_modules")
                        || Files.exists(folder.resolve("pyvenv.cfg"));
                return foreign && !folder.equals(script.getParent())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".py") && attributes.isRegularFile() && !file.equals(script)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return FileDigest.of(root, files);
    }
}
