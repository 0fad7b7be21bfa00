package io.mldelivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mldelivery.model.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceLogTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:15:30.5Z");

    @TempDir
    private Path folder;

    private Path file;
    private EvidenceLog log;

    @BeforeEach
    void createLog() {
        file = folder.resolve("builds/1/evidence.jsonl");
        log = new EvidenceLog(file, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file);
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void appendThree() {
        log.append("build.started", Map.of("number", 1));
        log.append("gate.evaluated", Map.of("outcome", "PASS"));
        log.append("build.finished", Map.of("result", "SUCCESS"));
    }

    @Nested
    class Appending {
        @Test
        void shouldWriteOneCompactLineAnEvent() throws IOException {
            log.append("build.started", Map.of("job", "flights"));

            assertThat(lines())
                    .containsExactly("{\"seq\":1,\"time\":\"2026-11-21T10:15:30.500Z\",\"type\":\"build.started\","
                            + "\"data\":{\"job\":\"flights\"},\"prev\":\"" + EvidenceLog.NO_PREDECESSOR + "\"}");
        }

        @Test
        void shouldChainEachLineToTheOneBefore() throws IOException {
            appendThree();

            List<EvidenceEvent> events = log.read();
            assertThat(events).extracting(EvidenceEvent::sequence).containsExactly(1L, 2L, 3L);
            assertThat(events.get(1).previous()).isEqualTo(EvidenceLog.sha256(lines().get(0)));
            assertThat(events.get(2).previous()).isEqualTo(EvidenceLog.sha256(lines().get(1)));
            assertThat(events).allMatch(event -> event.time().equals(NOW));
        }

        @Test
        void shouldReturnWhatItWrote() {
            EvidenceEvent event = log.append("alias.set", Map.of("alias", "champion"));

            assertThat(log.read()).containsExactly(event);
        }

        @Test
        void shouldKeepRecordsListsAndOddText() {
            record Fact(String name, double value, List<String> notes) {}
            String odd = "line\nfeed \" \\ \u2028 \u0001 <script> žluť 🚀";

            log.append("test", new Fact(odd, Double.NaN, List.of("a\r\nb")));

            var data = log.read().get(0).data();
            assertThat(data.get("name").asText()).isEqualTo(odd);
            assertThat(data.get("value").asText()).isEqualTo("NaN");
            assertThat(data.get("notes").get(0).asText()).isEqualTo("a\r\nb");
        }

        @Test
        void shouldFollowALineLongerThanItsBuffer() {
            for (int size : new int[] {8_000, 8_190, 8_192, 8_200, 100_000, 10}) {
                log.append("long", "x".repeat(size));
            }

            assertThat(log.read()).hasSize(6);
        }

        @Test
        void shouldReplaceALineThatACrashCutOff() throws IOException {
            appendThree();
            Files.writeString(file, "{\"seq\":4,\"time\":\"2026", StandardOpenOption.APPEND);

            log.append("after", Map.of());

            assertThat(log.read()).extracting(EvidenceEvent::type).endsWith("build.finished", "after");
        }

        @Test
        void shouldStartOverWhenTheOnlyLineIsCutOff() throws IOException {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"seq\":1");

            log.append("first", Map.of());

            assertThat(log.read()).extracting(EvidenceEvent::sequence).containsExactly(1L);
        }

        @Test
        void shouldNotGoOnAfterALineThatIsNoEvent() throws IOException {
            appendThree();
            Files.writeString(file, "hello\n", StandardOpenOption.APPEND);

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> log.append("after", Map.of()))
                    .withMessageContaining("the last line is not an evidence event");
        }

        @Test
        void shouldSayWhereItCannotWrite() throws IOException {
            Files.createDirectories(file); // a folder where the file should be

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> log.append("any", Map.of()))
                    .withMessageContaining("cannot write " + file)
                    .withMessageContaining("Free disk space");
        }

        @Test
        void shouldKeepTheChainWhenThreadsAppend() throws Exception {
            var pool = Executors.newFixedThreadPool(8);
            try {
                List<Callable<EvidenceEvent>> tasks = new ArrayList<>();
                IntStream.range(0, 200)
                        .forEach(i -> tasks.add(
                                () -> new EvidenceLog(file, Clock.systemUTC()).append("thread", Map.of("i", i))));
                for (var done : pool.invokeAll(tasks)) {
                    done.get();
                }
            } finally {
                pool.shutdown();
            }

            assertThat(log.read())
                    .extracting(event -> event.data().get("i").asInt())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 200).boxed().toList());
        }
    }

    @Nested
    class Processes {
        private Process appender(String prefix, int events, int filling) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String command = prefix + "exec '" + java + "' -XX:-UsePerfData -Xmx64m -cp '"
                    + System.getProperty("java.class.path") + "' " + Appender.class.getName() + " '" + file + "' "
                    + events + " " + filling;
            return new ProcessBuilder("sh", "-c", command)
                    .redirectErrorStream(true)
                    .start();
        }

        @Test
        void shouldKeepTheChainWhenProcessesAppend() throws Exception {
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                processes.add(appender("", 40, 10));
            }
            for (Process process : processes) {
                assertThat(process.waitFor()).isZero();
            }

            assertThat(log.read()).hasSize(120);
            assertThat(log.read().stream()
                            .map(event -> event.data().get("pid").asLong())
                            .distinct())
                    .hasSize(3);
        }

        @Test
        void shouldLeaveNothingHalfWrittenWhenTheDiskIsFull() throws Exception {
            // A limit on the file's size makes the kernel write a part of the line and then refuse, as a full disk
            // does.
            Process process = appender("ulimit -f 8; ", 100, 1000);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isEqualTo(3);
            assertThat(output).contains("cannot write " + file, "Free disk space");
            assertThat(log.verify().tornBytes()).isZero();
            assertThat(log.verify().events()).hasSizeBetween(2, 8);
            assertThat(log.append("more", Map.of()).sequence())
                    .isEqualTo(log.read().size());
        }
    }

    @Nested
    class Verifying {
        static Stream<Arguments> tampering() {
            return Stream.of(
                    tampering("a changed value", 3, line(1, l -> l.replace("SUCCESS", "SUCCES5"))),
                    tampering("a changed time", 3, line(1, l -> l.replace("10:15", "10:16"))),
                    tampering("a changed type", 3, line(1, l -> l.replace("gate", "goal"))),
                    tampering("an added blank", 3, line(1, l -> l.replace(",\"type\"", ", \"type\""))),
                    tampering("an added carriage return", 3, line(1, l -> l + "\r")),
                    tampering("a removed first line", 1, l -> l.subList(1, 3)),
                    tampering("a removed middle line", 2, l -> List.of(l.get(0), l.get(2))),
                    tampering("swapped lines", 1, l -> List.of(l.get(1), l.get(0), l.get(2))),
                    tampering("a repeated line", 2, l -> List.of(l.get(0), l.get(0), l.get(1), l.get(2))),
                    tampering("an empty line", 2, l -> List.of(l.get(0), "", l.get(1), l.get(2))),
                    tampering("a line that is no JSON", 2, line(1, l -> "hello")),
                    tampering(
                            "a second key of the same name",
                            2,
                            line(1, l -> l.replace("{\"seq\"", "{\"seq\":2,\"seq\""))),
                    tampering("a key too many", 3, line(2, l -> l.replace("\"prev\"", "\"note\":1,\"prev\""))),
                    tampering("text after the event", 3, line(2, l -> l + " {}")),
                    tampering("a wrong sequence", 3, line(2, l -> l.replace("\"seq\":3", "\"seq\":4"))));
        }

        private static Arguments tampering(String name, int found, UnaryOperator<List<String>> change) {
            return Arguments.of(name, found, change);
        }

        private static UnaryOperator<List<String>> line(int index, UnaryOperator<String> change) {
            return lines -> {
                List<String> changed = new ArrayList<>(lines);
                changed.set(index, change.apply(changed.get(index)));
                return changed;
            };
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("tampering")
        void shouldFindTheFirstLineThatDoesNotFit(String name, int found, UnaryOperator<List<String>> change)
                throws IOException {
            log.append("gate.evaluated", Map.of("outcome", "SUCCESS"));
            log.append("gate.evaluated", Map.of("outcome", "SUCCESS"));
            log.append("build.finished", Map.of("result", "SUCCESS"));
            write(change.apply(lines()));

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(log::verify)
                    .withMessageContaining(file + ":" + found + ": this line ");
        }

        @Test
        void shouldRefuseBytesThatAreNotUtf8() throws IOException {
            appendThree();
            Files.write(file, new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);

            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(log::verify)
                    .withMessageContaining("not UTF-8");
        }

        @Test
        void shouldVouchForACompleteRecord() throws IOException {
            appendThree();

            Verification verification = log.verify();

            assertThat(verification.events()).isEqualTo(log.read()).hasSize(3);
            assertThat(verification.head()).isEqualTo(EvidenceLog.sha256(lines().get(2)));
            assertThat(verification.notice()).isEmpty();
        }

        @Test
        void shouldSuspectLinesCutOffAtTheEnd() throws IOException {
            appendThree();
            String head = log.verify().head();
            write(lines().subList(0, 2));

            Verification verification = log.verify();

            assertThat(verification.notice())
                    .hasValueSatisfying(notice -> assertThat(notice).contains("does not end with build.finished"));
            assertThat(verification.head()).isNotEqualTo(head);
        }

        @Test
        void shouldReportATornLastLine() throws IOException {
            appendThree();
            Files.writeString(file, "{\"seq\"", StandardOpenOption.APPEND);

            assertThat(log.verify().tornBytes()).isEqualTo(6);
            assertThat(log.verify().notice())
                    .hasValueSatisfying(notice -> assertThat(notice).contains("6 bytes"));
        }

        @Test
        void shouldChangeTheHeadWhenTheLastLineIsChanged() throws IOException {
            appendThree();
            String head = log.verify().head();
            List<String> changed = new ArrayList<>(lines());
            changed.set(2, changed.get(2).replace("SUCCESS", "FAILURE"));
            write(changed);

            assertThat(log.verify().head()).isNotEqualTo(head);
        }

        @Test
        void shouldTellAnAbsentFileFromAComplete() {
            assertThat(log.read()).isEmpty();
            assertThat(log.verify().events()).isEmpty();
            assertThat(log.verify().notice()).isPresent();
        }
    }
}
