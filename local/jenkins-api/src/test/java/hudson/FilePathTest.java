package hudson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePathTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"/a/./b/../c, /a/c", "a//b/, a/b", "/.., /", "a/.., .", "../x, ../x", "/a b/ü, /a b/ü"})
    void shouldNormalizePaths(String path, String expected) {
        assertThat(FilePath.normalize(path)).isEqualTo(expected);
    }

    @Test
    void shouldListByAntPatterns() throws Exception {
        FilePath base = new FilePath(folder.toFile());
        for (String name : List.of("a.csv", "sub/b.csv", "sub/deep/c.csv", "sub/d.txt", ".git/e.csv")) {
            base.child(name).write("x", "UTF-8");
        }

        assertThat(base.list("**/*.csv")).extracting(FilePath::getName).containsExactly("a.csv", "b.csv", "c.csv");
        assertThat(base.list("*.csv, sub/*", "**/d.txt"))
                .extracting(FilePath::getName)
                .containsExactly("a.csv", "b.csv");
        assertThatThrownBy(() -> base.list("/etc/*"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/etc/*");
    }

    @Test
    void shouldGiveTheWorkACopyAndTheListenerItself() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        TaskListener listener = new StreamTaskListener(log, StandardCharsets.UTF_8);
        List<String> sent = new ArrayList<>(List.of("mine"));

        List<String> answer = new FilePath(folder.toFile()).act(new Work(sent, listener));

        listener.getLogger().flush();
        assertThat(answer).containsExactly("mine", "theirs");
        assertThat(sent).containsExactly("mine");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("at " + folder);
    }

    @Test
    void shouldPassOnTheCheckedException() {
        assertThatThrownBy(() -> new FilePath(folder.toFile()).act(new Failing()))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("no such table");
    }

    @Test
    void shouldSayWhichClassCannotTravel() {
        assertThatThrownBy(() -> new FilePath(folder.toFile()).act(new Stuck(new Object())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Object is not serializable");
    }

    @Test
    void shouldNotBeStored() {
        assertThatThrownBy(() -> new ObjectOutputStream(OutputStream.nullOutputStream())
                        .writeObject(new FilePath(folder.toFile())))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void shouldKnowWhetherALinkLeavesTheFolder() throws Exception {
        FilePath base = new FilePath(folder.toFile());
        base.child("out").symlinkTo("/etc", TaskListener.NULL);

        assertThat(base.isDescendant("a/b")).isTrue();
        assertThat(base.isDescendant("../x")).isFalse();
        assertThat(base.isDescendant("out/passwd")).isFalse();
    }

    private static final class Work extends MasterToSlaveFileCallable<List<String>> {
        private static final long serialVersionUID = 1L;
        private final List<String> words;
        private final TaskListener listener;

        Work(List<String> words, TaskListener listener) {
            this.words = words;
            this.listener = listener;
        }

        @Override
        public List<String> invoke(File f, VirtualChannel channel) {
            listener.getLogger().println("at " + f);
            words.add("theirs");
            return words;
        }
    }

    private static final class Failing extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        @Override
        public Void invoke(File f, VirtualChannel channel) throws IOException {
            throw new FileNotFoundException("no such table");
        }
    }

    private static final class Stuck extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;
        private final Object[] luggage;

        Stuck(Object... luggage) {
            this.luggage = luggage;
        }

        @Override
        public Void invoke(File f, VirtualChannel channel) {
            throw new AssertionError("must not run with " + Arrays.toString(luggage));
        }
    }
}
