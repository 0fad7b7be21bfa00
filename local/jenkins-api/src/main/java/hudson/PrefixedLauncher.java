package hudson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts words in front of each command line. */
final class PrefixedLauncher extends Launcher.DecoratedLauncher {
    private final String[] prefix;

    PrefixedLauncher(Launcher inner, String[] prefix) {
        super(inner);
        this.prefix = prefix.clone();
    }

    @Override
    public Proc launch(ProcStarter starter) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(prefix));
        all.addAll(starter.cmds());
        if (starter.masks() != null) {
            boolean[] masks = new boolean[all.size()];
            System.arraycopy(starter.masks(), 0, masks, prefix.length, starter.masks().length);
            starter.masks(masks);
        }
        return super.launch(starter.cmds(all));
    }
}
