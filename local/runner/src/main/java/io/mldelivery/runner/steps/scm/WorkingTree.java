package io.mldelivery.runner.steps.scm;

import io.mldelivery.runner.steps.files.AntPattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A git working tree, or a plain folder where there is no git. */
final class WorkingTree {
    private final Path root;
    private final boolean git;
    private final Map<String, String> variables = new LinkedHashMap<>();

    private WorkingTree(Path root, boolean git) {
        this.root = root;
        this.git = git;
    }

    static WorkingTree around(Path folder) throws IOException, InterruptedException {
        String top = git(folder, "rev-parse", "--show-toplevel");
        if (top == null) {
            return new WorkingTree(folder, false);
        }
        var tree = new WorkingTree(Path.of(top.strip()), true);
        tree.readVariables();
        return tree;
    }

    private void readVariables() throws IOException, InterruptedException {
        put("GIT_COMMIT", git(root, "rev-parse", "--verify", "-q", "HEAD"));
        String branch = git(root, "symbolic-ref", "--short", "-q", "HEAD");
        put("GIT_BRANCH", branch);
        put("GIT_LOCAL_BRANCH", branch);
        String address = git(root, "remote", "get-url", "origin");
        put("GIT_URL", address == null ? null : address.replaceFirst("^(\\w+://)[^/@]*@", "$1"));
    }

    private void put(String name, String value) {
        if (value != null && !value.isBlank()) {
            variables.put(name, value.strip());
        }
    }

    /** Standard output, or null when git fails or is not there. */
    private static String git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // No git on this machine: the folder itself is what there is.
            return null;
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : null;
    }

    Path root() {
        return root;
    }

    Map<String, String> variables() {
        return variables;
    }

    /** Relative paths of tracked files that exist, and of untracked ones that are not ignored. */
    List<String> files() throws IOException, InterruptedException {
        if (!git) {
            return AntPattern.files(root, "**", null, true);
        }
        List<String> files = new ArrayList<>();
        String output = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate");
        for (String file : output == null ? new String[0] : output.split("\0")) {
            Path path = root.resolve(file);
            if (!file.isEmpty() && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
                files.add(file);
            }
        }
        return files;
    }

    String describe() throws IOException, InterruptedException {
        if (!git) {
            return "Copying the folder " + root + " (not a git working tree)";
        }
        String changes = git(root, "status", "--porcelain");
        return "Checking out " + variables.getOrDefault("GIT_COMMIT", "a tree without commits")
                + (variables.containsKey("GIT_BRANCH") ? " (" + variables.get("GIT_BRANCH") + ")" : "")
                + (changes == null || changes.isBlank() ? "" : " with uncommitted changes") + " from " + root;
    }
}
