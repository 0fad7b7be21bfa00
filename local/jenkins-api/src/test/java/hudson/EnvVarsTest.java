package hudson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvVarsTest {
    @Test
    void shouldPutInFrontWhenTheNameHasAPlus() {
        EnvVars env = new EnvVars("PATH", "/bin");

        env.override("PATH+TOOL", "/opt/tool");
        env.override("NEW+TOOL", "/opt/new");

        assertThat(env.get("path")).isEqualTo("/opt/tool" + File.pathSeparator + "/bin");
        assertThat(env.get("NEW")).isEqualTo("/opt/new");
    }

    @Test
    void shouldRemoveWhenTheOverrideIsEmpty() {
        EnvVars env = new EnvVars("A", "1", "B", "2");

        env.override("A", "");
        env.override("B", null);

        assertThat(env).isEmpty();
    }

    @Test
    void shouldExpandReferencesInTheirOrder() {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("LAST", "${MIDDLE}/c");
        overrides.put("MIDDLE", "${FIRST}/b");

        EnvVars env = new EnvVars("FIRST", "/a").overrideExpandingAll(overrides);

        assertThat(env).containsEntry("MIDDLE", "/a/b").containsEntry("LAST", "/a/b/c");
    }

    @Test
    void shouldLeaveUnknownReferencesAndTurnTwoDollarsIntoOne() {
        assertThat(new EnvVars("X", "1").expand("$X ${X} $NONE $$X")).isEqualTo("1 1 $NONE $X");
    }
}
