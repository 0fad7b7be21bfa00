package io.mldelivery.python;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.util.regex.Pattern;

/**
 * The requirements that an environment is made from: every line pins one package and carries its hashes.
 *
 * @param packages how many packages it pins
 */
record LockFile(String name, String text, int packages) {
    private static final Pattern PINNED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(\\[[^]]*])?\\s*==\\s*[^\\s;]+.*");

    /** Checks each requirement, so that a mistake is found before anything is downloaded. */
    static LockFile parse(String name, String text) {
        int packages = 0;
        int number = 0;
        String pending = "";
        for (String line : text.lines().toList()) {
            number++;
            String content = pending + line.replaceAll("(^|\\s)#.*$", "").strip();
            pending = content.endsWith("\\") ? content.substring(0, content.length() - 1) + " " : "";
            if (pending.isEmpty() && !content.isEmpty()) {
                check(name, number, content);
                packages++;
            }
        }
        if (packages == 0) {
            throw wrong(name, "there is no package in it");
        }
        return new LockFile(name, text, packages);
    }

    private static void check(String name, int line, String requirement) {
        if (!PINNED.matcher(requirement).matches()) {
            throw wrong(name + ":" + line, "'" + abbreviate(requirement) + "' does not pin a package with ==");
        }
        if (!requirement.contains("--hash=sha256:")) {
            throw wrong(name + ":" + line, "'" + abbreviate(requirement) + "' has no --hash=sha256:…");
        }
    }

    private static String abbreviate(String requirement) {
        return requirement.length() <= 60 ? requirement : requirement.substring(0, 60) + "…";
    }

    private static DeliveryException wrong(String place, String problem) {
        return new DeliveryException(
                Code.CONFIG,
                place + ": " + problem,
                "Make the lock file with hashes: pip-compile --generate-hashes, or uv pip compile --generate-hashes.");
    }
}
