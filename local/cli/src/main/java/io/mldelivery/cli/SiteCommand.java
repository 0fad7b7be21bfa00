package io.mldelivery.cli;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import io.mldelivery.site.SiteKeys;
import io.mldelivery.site.SiteSettings;
import io.mldelivery.site.TrialKeys;
import io.mldelivery.site.UpdateSite;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mldelivery site}: writes a signed update site from built plugins. Exit code 0: written; 64: something given is wrong. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        description = "Writes a signed update site, from which Jenkins installs the plugins.")
final class SiteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--plugins",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder with the built .hpi files, at most three levels deep; for a checkout its plugins folder.")
    private Path plugins;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the site. One that exists is added to: it keeps its older versions.")
    private Path output;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Where the folder will be served, such as https://plugins.example.org/ml/.")
    private URI url;

    @Option(
            names = "--id",
            defaultValue = "ml-delivery",
            paramLabel = "ID",
            description = "The id by which controllers list the site (default: $${DEFAULT-VALUE}).")
    private String id;

    @ArgGroup(multiplicity = "1")
    private Keys keys;

    @Option(names = "--notes", paramLabel = "FILE", description = "Release notes in Markdown for the site's page.")
    private Path notes;

    @Option(names = "--replace", description = "Let a version that the site has get other contents. For trials only.")
    private boolean replace;

    /** Own keys or trial keys. */
    static final class Keys {
        @ArgGroup(exclusive = false)
        private Own own;

        @Option(
                names = "--trial-keys",
                paramLabel = "DIR",
                description = "Sign with a root and a key made for a trial; made in this folder when it has none.")
        private Path trial;
    }

    /** A PKCS #12 file with its password. */
    static final class Own {
        @Option(
                names = "--keystore",
                required = true,
                paramLabel = "FILE",
                description = "PKCS #12 file with one RSA key and its certificates up to the root.")
        private Path keystore;

        @Option(
                names = "--password-file",
                required = true,
                paramLabel = "FILE",
                description = "File whose first line is the password of the key file.")
        private Path passwordFile;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        UpdateSite site = new UpdateSite(new SiteSettings(url, id, keys(), now()));
        UpdateSite.Written written = site.write(plugins, output, notes(), replace);
        PrintWriter out = spec.commandLine().getOut();
        out.println(written.plugins() + " plugins in " + written.versions() + " versions: " + output);
        out.println("Root certificate: " + output.resolve("rootCA.crt") + ", SHA-256 " + written.rootFingerprint());
        out.flush();
        return 0;
    }

    private SiteKeys keys() throws IOException, InterruptedException {
        if (keys.trial == null) {
            return SiteKeys.load(
                    keys.own.keystore,
                    read(keys.own.passwordFile).lines().findFirst().orElse("").toCharArray());
        }
        if (keys.trial
                .toAbsolutePath()
                .normalize()
                .startsWith(output.toAbsolutePath().normalize())) {
            throw new DeliveryException(
                    Code.CONFIG,
                    "the folder for trial keys " + keys.trial + " is inside the site and would be served",
                    "Give a folder outside " + output + ".");
        }
        return TrialKeys.in(keys.trial);
    }

    /** SOURCE_DATE_EPOCH, as reproducible builds have it, or now. */
    private static Instant now() {
        return Optional.ofNullable(System.getenv("SOURCE_DATE_EPOCH"))
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .orElseGet(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private String notes() throws IOException {
        return notes == null ? "No release notes were given for this site." : read(notes);
    }

    private static String read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new DeliveryException(Code.CONFIG, "there is no readable file " + file, "Correct the path.");
        }
        return Files.readString(file);
    }
}
