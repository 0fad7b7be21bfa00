package io.mldelivery.cli;

import io.mldelivery.runner.Finding;
import io.mldelivery.runner.Linter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mldelivery lint}: says what would keep a Jenkinsfile from running, without running it. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Checks a Jenkinsfile without running it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing found", "1:findings", "64:usage error"})
final class LintCommand implements Callable<Integer> {
    @Mixin
    private JenkinsfileOption jenkinsfile;

    @Mixin
    private LibraryOption libraries;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path file = jenkinsfile.file();
        List<Finding> findings = Linter.lint(file, libraries.folders());
        for (Finding finding : findings) {
            spec.commandLine()
                    .getOut()
                    .println(file + ":" + finding.line() + ":" + finding.column() + ": " + finding.message());
        }
        return findings.isEmpty() ? 0 : 1;
    }
}
