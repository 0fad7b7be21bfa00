package hudson.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.EnvVars;
import hudson.security.AccessDeniedException3;
import hudson.util.Secret;
import io.mldelivery.local.hooks.LocalJenkins;
import io.mldelivery.local.hooks.LocalJob;
import io.mldelivery.local.hooks.LocalRun;
import io.mldelivery.local.hooks.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir
    Path home;

    @BeforeEach
    void start() throws IOException {
        LocalJenkins.start(home);
    }

    @AfterEach
    void stop() {
        Permissions.use((who, what) -> true);
        LocalJenkins.stop();
    }

    @Test
    void shouldComeBackFromDiskWithItsActions() throws Exception {
        LocalRun run = LocalJob.named("late").newBuild();
        run.addAction(new Note("kept", Secret.fromString("hidden")));
        run.finished(Result.UNSTABLE);

        LocalJenkins.start(home);
        LocalRun loaded = LocalJob.named("late").getBuildByNumber(1);

        assertThat(loaded.getResult()).isSameAs(Result.UNSTABLE);
        assertThat(loaded.isBuilding()).isFalse();
        assertThat(loaded.getAction(Note.class).words).containsExactly("kept");
        assertThat(loaded.getAction(Note.class).secret.getPlainText()).isEqualTo("hidden");
        assertThat(loaded.getAction(Note.class).owner).isSameAs(loaded);
        assertThat(Files.readString(loaded.getRootDir().toPath().resolve("build.xml")))
                .doesNotContain("hidden");
        assertThat(LocalJob.named("late").newBuild().getNumber()).isEqualTo(2);
    }

    @Test
    void shouldRefuseToStoreARecord() throws Exception {
        LocalRun run = LocalJob.named("late").newBuild();
        run.addAction(new Careless(new Careless.Point(1)));

        assertThatThrownBy(run::save).isInstanceOf(IOException.class).hasStackTraceContaining("is a record");
    }

    @Test
    void shouldOnlyGetWorse() throws Exception {
        LocalRun run = LocalJob.named("late").newBuild();

        run.setResult(Result.FAILURE);
        run.setResult(Result.SUCCESS);

        assertThat(run.getResult()).isSameAs(Result.FAILURE);
    }

    @Test
    void shouldPutParametersIntoTheEnvironment() throws Exception {
        LocalRun run = LocalJob.named("late").newBuild();
        run.addAction(new ParametersAction(
                new StringParameterValue("model", "strong"), new BooleanParameterValue("DRY", true)));

        EnvVars env = run.getEnvironment(TaskListener.NULL);

        assertThat(env)
                .containsEntry("BUILD_NUMBER", "1")
                .containsEntry("JOB_NAME", "late")
                .containsEntry("MODEL", "strong")
                .containsEntry("DRY", "true");
    }

    @Test
    void shouldAskForPermissions() throws Exception {
        LocalRun run = LocalJob.named("late").newBuild();
        Permissions.use((who, what) -> !what.equals(Item.CONFIGURE));

        run.getParent().checkPermission(Item.READ);
        assertThatThrownBy(() -> run.getParent().checkPermission(Item.CONFIGURE))
                .isInstanceOf(AccessDeniedException3.class)
                .hasMessageContaining("Configure");
    }

    static final class Note extends InvisibleAction implements RunAction2 {
        private final List<String> words = new ArrayList<>();
        private final Secret secret;
        private transient Run<?, ?> owner;

        Note(String word, Secret secret) {
            words.add(word);
            this.secret = secret;
        }

        @Override
        public void onAttached(Run<?, ?> r) {
            owner = r;
        }

        @Override
        public void onLoad(Run<?, ?> r) {
            owner = r;
        }
    }

    static final class Careless extends InvisibleAction {
        private final Point point;

        Careless(Point point) {
            this.point = point;
        }

        record Point(int x) {}

        Point point() {
            return point;
        }
    }
}
