package io.mldelivery.drift.submit;

import io.mldelivery.drift.report.DriftFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A drift check as the submitted program is told it. Files that are not absolute start from the program's folder.
 *
 * @param reference a table or a profile's file
 * @param referenceName what reports call it
 * @param current the table to judge
 * @param policy a policy's file
 * @param files what is written besides
 */
public record SubmittedCheck(
        String reference, String referenceName, String current, Optional<Path> policy, DriftFiles files) {
    /** The argument that names a file for the JSON document. */
    public static final String DOCUMENT = "--document";
    /** The argument that names a file for the data of the evidence event. */
    public static final String EVIDENCE = "--evidence";

    /** The arguments. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("drift", "--reference", reference, "--current", current));
        arguments.addAll(List.of("--reference-name", referenceName));
        arguments.addAll(List.of("--name", files.name(), "--model", files.model()));
        Map<String, Optional<?>> given = new LinkedHashMap<>();
        given.put("--policy", policy);
        given.put("--html", files.html());
        given.put("--markdown", files.markdown());
        given.put("--history", files.history());
        given.put("--metrics", files.metrics());
        given.put("--push", files.push());
        given.forEach((option, value) -> value.ifPresent(v -> arguments.addAll(List.of(option, v.toString()))));
        return arguments;
    }
}
