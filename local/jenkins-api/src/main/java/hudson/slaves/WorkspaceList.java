package hudson.slaves;

import hudson.FilePath;
import jenkins.util.SystemProperties;

/** Workspaces in use; here only where a workspace's temporary folder is. */
public final class WorkspaceList {
    public static final String COMBINATOR = SystemProperties.getString(WorkspaceList.class.getName(), "@");
    public static final String TMP_DIR_SUFFIX = COMBINATOR + "tmp";

    /** The folder beside a workspace for files that are not part of it; may not exist yet. */
    public static FilePath tempDir(FilePath ws) {
        return ws.sibling(ws.getName() + TMP_DIR_SUFFIX);
    }
}
