package io.mldelivery.runner;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to run and where. Made by {@link #of}; the {@code with…} methods answer changed copies.
 *
 * @param script the Jenkinsfile
 * @param home keeps jobs, builds and workspaces between runs
 * @param job the job's name
 * @param parameters build parameters as text
 * @param libraries shared libraries that {@code @Library} and {@code library} find, by name; folders
 * @param workspace the workspace of the first node block; absent means a folder of the home
 * @param resume whether the job's last build goes on instead of a new one starting
 * @param events the file that gets one JSON line for each event of the build; absent means none
 * @param answers answers to {@code input} by its id, {@code *} for all
 * @param scm whether the Jenkinsfile stands for its repository: {@code scm} exists and declarative Pipelines check it out
 * @param environment variables of all builds, as a controller's global ones
 */
public record RunRequest(
        Path script,
        Path home,
        String job,
        Map<String, String> parameters,
        Map<String, Path> libraries,
        Optional<Path> workspace,
        boolean resume,
        Optional<Path> events,
        Map<String, String> answers,
        boolean scm,
        Map<String, String> environment) {
    /** Checks and copies. */
    public RunRequest {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(home, "home");
        parameters = new LinkedHashMap<>(parameters);
        libraries = new LinkedHashMap<>(libraries);
        answers = new LinkedHashMap<>(answers);
        environment = new LinkedHashMap<>(environment);
    }

    /** A new build of a Jenkinsfile; the job is named after its folder. */
    public static RunRequest of(Path script, Path home) {
        Path file = script.toAbsolutePath().normalize();
        Path folder = file.getParent().getFileName();
        String job = folder == null ? "job" : folder.toString();
        return new RunRequest(
                file,
                home,
                job,
                Map.of(),
                Map.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Map.of(),
                true,
                Map.of());
    }

    /** For a job of another name. */
    public RunRequest withJob(String name) {
        return new RunRequest(
                script, home, name, parameters, libraries, workspace, resume, events, answers, scm, environment);
    }

    /** With build parameters. */
    public RunRequest withParameters(Map<String, String> values) {
        return new RunRequest(
                script, home, job, values, libraries, workspace, resume, events, answers, scm, environment);
    }

    /** With shared libraries. */
    public RunRequest withLibraries(Map<String, Path> folders) {
        return new RunRequest(
                script, home, job, parameters, folders, workspace, resume, events, answers, scm, environment);
    }

    /** With a workspace outside of the home. */
    public RunRequest withWorkspace(Path folder) {
        return new RunRequest(
                script,
                home,
                job,
                parameters,
                libraries,
                Optional.of(folder),
                resume,
                events,
                answers,
                scm,
                environment);
    }

    /** Going on with the last build. */
    public RunRequest resuming() {
        return new RunRequest(
                script, home, job, parameters, libraries, workspace, true, events, answers, scm, environment);
    }

    /** With a file for events. */
    public RunRequest withEvents(Path file) {
        return new RunRequest(
                script,
                home,
                job,
                parameters,
                libraries,
                workspace,
                resume,
                Optional.of(file),
                answers,
                scm,
                environment);
    }

    /** With answers to inputs. */
    public RunRequest withAnswers(Map<String, String> given) {
        return new RunRequest(
                script, home, job, parameters, libraries, workspace, resume, events, given, scm, environment);
    }

    /** As a script without a repository. */
    public RunRequest withoutScm() {
        return new RunRequest(
                script, home, job, parameters, libraries, workspace, resume, events, answers, false, environment);
    }

    /** With variables of all builds. */
    public RunRequest withEnvironment(Map<String, String> variables) {
        return new RunRequest(
                script, home, job, parameters, libraries, workspace, resume, events, answers, scm, variables);
    }
}
