package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code mldelivery}. Results go to standard output, everything else to standard error. */
@Command(
        name = "mldelivery",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        description = "Takes models from commit to production and back: runs Jenkinsfiles without a controller.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            LintCommand.class,
            ReportCommand.class,
            GateCommand.class,
            DriftCommand.class,
            ProfileCommand.class,
            RolloutCommand.class,
            VerifyCommand.class,
            ServeCommand.class,
            SiteCommand.class
        })
public final class Main {
    /** The exit code for a wrong command line, as in BSD's sysexits. */
    static final int USAGE = 64;

    /** The exit code for a failure of the product itself. */
    static final int INTERNAL = 70;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new Main());
        line.setParameterExceptionHandler(usageErrors());
        line.setExecutionExceptionHandler(failures());
        return line;
    }

    private static IParameterExceptionHandler usageErrors() {
        return (ParameterException error, String[] arguments) -> {
            PrintWriter err = error.getCommandLine().getErr();
            err.println("mldelivery: " + error.getMessage());
            if (!UnmatchedArgumentException.printSuggestions(error, err)) {
                err.println("Try: " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            }
            return USAGE;
        };
    }

    private static IExecutionExceptionHandler failures() {
        return (Exception error, CommandLine line, CommandLine.ParseResult result) -> {
            PrintWriter err = line.getErr();
            if (error instanceof DeliveryException known) {
                err.println("mldelivery: " + known.what());
                err.println(known.advice());
                return known.code() == DeliveryException.Code.CONFIG ? USAGE : INTERNAL;
            }
            error.printStackTrace(err);
            err.println("mldelivery: this is a defect of the product; please report it with the lines above.");
            return INTERNAL;
        };
    }
}
