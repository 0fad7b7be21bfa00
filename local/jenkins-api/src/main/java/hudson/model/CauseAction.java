package hudson.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Why this build runs. */
@ExportedBean
public class CauseAction implements RunAction2 {
    private final List<Cause> causes = new ArrayList<>();

    public CauseAction(Cause c) {
        causes.add(c);
    }

    public CauseAction(Cause... c) {
        this(Arrays.asList(c));
    }

    public CauseAction(Collection<? extends Cause> causes) {
        this.causes.addAll(causes);
    }

    @Exported(visibility = 2)
    public List<Cause> getCauses() {
        return List.copyOf(causes);
    }

    public <T extends Cause> T findCause(Class<T> type) {
        return causes.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String getDisplayName() {
        return "Cause";
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return "cause";
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        causes.forEach(cause -> cause.onLoad(owner));
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        causes.forEach(cause -> cause.onAddedTo(owner));
    }
}
