package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import io.mldelivery.local.hooks.RoundTrip;
import java.io.File;
import java.io.FileFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/**
 * A file or folder on an agent; here always on this machine. Callables make a round trip through Java serialization first. Not storable:
 * only remoting may serialize it, as in Jenkins.
 */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "FilePath.actAsync");
        thread.setDaemon(true);
        return thread;
    });

    /** The channel to this JVM. */
    public static final LocalChannel localChannel = new LocalChannel(THREADS);

    private final transient VirtualChannel channel;
    private final String remote;

    public FilePath(VirtualChannel channel, String remote) {
        this.channel = channel == localChannel ? null : channel;
        this.remote = normalize(remote);
    }

    public FilePath(File localPath) {
        this.channel = null;
        this.remote = normalize(localPath.getPath());
    }

    public FilePath(FilePath base, String rel) {
        this.channel = base.channel;
        this.remote = normalize(Util.isRelativePath(rel) ? base.remote + "/" + rel : rel);
    }

    /** Removes ".", ".." and doubled or trailing slashes. */
    public static String normalize(String path) {
        boolean absolute = path.startsWith("/");
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/+")) {
            append(part, parts, absolute);
        }
        String joined = String.join("/", parts);
        if (absolute) {
            return "/" + joined;
        }
        return joined.isEmpty() ? "." : joined;
    }

    private static void append(String part, List<String> parts, boolean absolute) {
        if (part.isEmpty() || part.equals(".")) {
            return;
        }
        boolean above = parts.isEmpty() || parts.get(parts.size() - 1).equals("..");
        if (!part.equals("..") || (above && !absolute)) {
            parts.add(part);
        } else if (!above) {
            parts.remove(parts.size() - 1);
        }
    }

    /** Where it is on its machine. */
    public String getRemote() {
        return remote;
    }

    public VirtualChannel getChannel() {
        return channel != null ? channel : localChannel;
    }

    public boolean isRemote() {
        return channel != null;
    }

    /** Work that is done on the machine that has the file. */
    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return getChannel().call(new OnFile<>(callable, remote)).valueOrThrow();
    }

    public <T> Future<T> actAsync(FileCallable<T> callable) throws IOException, InterruptedException {
        return getChannel().callAsync(new OnFileNow<>(new OnFile<>(callable, remote)));
    }

    public <V, E extends Throwable> V act(Callable<V, E> callable) throws IOException, InterruptedException, E {
        return getChannel().call(callable);
    }

    public <V> Callable<V, IOException> asCallableWith(FileCallable<V> task) {
        return new OnFileNow<>(new OnFile<>(task, remote));
    }

    public FilePath absolutize() throws IOException, InterruptedException {
        return new FilePath(channel, file().getAbsolutePath());
    }

    public URI toURI() throws IOException, InterruptedException {
        return file().toURI();
    }

    public Computer toComputer() {
        return null;
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(path());
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        Util.deleteRecursive(file());
    }

    public void deleteContents() throws IOException, InterruptedException {
        Util.deleteContentsRecursive(file());
    }

    public String getName() {
        return file().getName();
    }

    public String getBaseName() {
        String name = getName();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    public FilePath sibling(String rel) {
        FilePath parent = getParent();
        return parent == null ? null : parent.child(rel);
    }

    public FilePath withSuffix(String suffix) {
        return new FilePath(channel, remote + suffix);
    }

    public FilePath child(String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    public FilePath getParent() {
        File parent = file().getParentFile();
        return parent == null ? null : new FilePath(channel, parent.getPath());
    }

    public FilePath createTempFile(String prefix, String suffix) throws IOException, InterruptedException {
        return new FilePath(
                channel, Files.createTempFile(path(), prefix, suffix).toString());
    }

    public FilePath createTextTempFile(String prefix, String suffix, String contents)
            throws IOException, InterruptedException {
        return createTextTempFile(prefix, suffix, contents, true);
    }

    public FilePath createTextTempFile(String prefix, String suffix, String contents, boolean inThisDirectory)
            throws IOException, InterruptedException {
        Path file =
                inThisDirectory ? Files.createTempFile(path(), prefix, suffix) : Files.createTempFile(prefix, suffix);
        Files.writeString(file, contents, Charset.defaultCharset());
        return new FilePath(channel, file.toString());
    }

    public FilePath createTempDir(String prefix, String suffix) throws IOException, InterruptedException {
        String middle = suffix == null || suffix.isEmpty() ? prefix : prefix + "." + suffix;
        return new FilePath(channel, Files.createTempDirectory(path(), middle).toString());
    }

    public boolean delete() throws IOException, InterruptedException {
        Files.deleteIfExists(path());
        return true;
    }

    public boolean exists() throws IOException, InterruptedException {
        return Files.exists(path());
    }

    /** Milliseconds since the epoch; 0 when absent. */
    public long lastModified() throws IOException, InterruptedException {
        return file().lastModified();
    }

    public void touch(long timestamp) throws IOException, InterruptedException {
        if (!Files.exists(path())) {
            Files.createFile(path());
        }
        Files.setLastModifiedTime(path(), FileTime.fromMillis(timestamp));
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return Files.isDirectory(path());
    }

    /** Bytes; 0 when absent. */
    public long length() throws IOException, InterruptedException {
        return file().length();
    }

    public long getFreeDiskSpace() throws IOException, InterruptedException {
        return file().getFreeSpace();
    }

    public long getTotalDiskSpace() throws IOException, InterruptedException {
        return file().getTotalSpace();
    }

    public long getUsableDiskSpace() throws IOException, InterruptedException {
        return file().getUsableSpace();
    }

    /** Permission bits as in {@code chmod}; -1 leaves them. */
    public void chmod(int mask) throws IOException, InterruptedException {
        if (mask == -1 || Files.getFileAttributeView(path(), PosixFileAttributeView.class) == null) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mask & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        Files.setPosixFilePermissions(path(), permissions);
    }

    /** Permission bits; -1 where the file system has none. */
    public int mode() throws IOException, InterruptedException {
        if (Files.getFileAttributeView(path(), PosixFileAttributeView.class) == null) {
            return -1;
        }
        int mode = 0;
        for (PosixFilePermission permission : Files.getPosixFilePermissions(path())) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }

    public List<FilePath> list() throws IOException, InterruptedException {
        return list((FileFilter) null);
    }

    public List<FilePath> listDirectories() throws IOException, InterruptedException {
        return list((FileFilter) new DirectoriesOnly());
    }

    public List<FilePath> list(FileFilter filter) throws IOException, InterruptedException {
        File[] files = file().listFiles(filter);
        List<FilePath> found = new ArrayList<>();
        for (File f : files == null ? new File[0] : files) {
            found.add(new FilePath(channel, f.getPath()));
        }
        return found;
    }

    public FilePath[] list(String includes) throws IOException, InterruptedException {
        return list(includes, null);
    }

    public FilePath[] list(String includes, String excludes) throws IOException, InterruptedException {
        return list(includes, excludes, true);
    }

    /** Files that match comma-separated Ant patterns, relative to this folder. */
    public FilePath[] list(String includes, String excludes, boolean defaultExcludes)
            throws IOException, InterruptedException {
        return AntGlob.files(file(), includes, excludes, defaultExcludes).stream()
                .map(name -> child(name))
                .toArray(FilePath[]::new);
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(path());
    }

    public InputStream readFromOffset(long offset) throws IOException, InterruptedException {
        InputStream in = read();
        in.skipNBytes(offset);
        return in;
    }

    public String readToString() throws IOException, InterruptedException {
        return Files.readString(path(), StandardCharsets.UTF_8);
    }

    /** Opens for writing; missing parent folders are made. */
    public OutputStream write() throws IOException, InterruptedException {
        makeParent();
        return Files.newOutputStream(path());
    }

    public void write(String content, String encoding) throws IOException, InterruptedException {
        makeParent();
        Files.writeString(path(), content, encoding == null ? Charset.defaultCharset() : Charset.forName(encoding));
    }

    /** MD5 in hex. */
    public String digest() throws IOException, InterruptedException {
        return Util.getDigestOf(file());
    }

    public void renameTo(FilePath target) throws IOException, InterruptedException {
        Files.move(path(), target.path(), LinkOption.NOFOLLOW_LINKS);
    }

    public void moveAllChildrenTo(FilePath target) throws IOException, InterruptedException {
        for (FilePath child : list()) {
            Files.move(child.path(), target.path().resolve(child.getName()));
        }
        delete();
    }

    public void copyFrom(URL url) throws IOException, InterruptedException {
        try (InputStream in = url.openStream()) {
            copyFrom(in);
        }
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        makeParent();
        Files.copy(in, path(), StandardCopyOption.REPLACE_EXISTING);
    }

    public void copyFrom(FilePath src) throws IOException, InterruptedException {
        src.copyTo(this);
    }

    public void copyTo(FilePath target) throws IOException, InterruptedException {
        target.makeParent();
        Files.copy(path(), target.path(), StandardCopyOption.REPLACE_EXISTING);
    }

    public void copyToWithPermission(FilePath target) throws IOException, InterruptedException {
        target.makeParent();
        Files.copy(path(), target.path(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    public void copyTo(OutputStream os) throws IOException, InterruptedException {
        Files.copy(path(), os);
    }

    public int copyRecursiveTo(FilePath target) throws IOException, InterruptedException {
        return copyRecursiveTo("**/*", target);
    }

    public int copyRecursiveTo(String fileMask, FilePath target) throws IOException, InterruptedException {
        return copyRecursiveTo(fileMask, null, target);
    }

    /** Copies matching files and answers how many. */
    public int copyRecursiveTo(String fileMask, String excludes, FilePath target)
            throws IOException, InterruptedException {
        List<String> names = AntGlob.files(file(), fileMask, excludes, true);
        for (String name : names) {
            child(name).copyToWithPermission(target.child(name));
        }
        return names.size();
    }

    public void symlinkTo(String target, TaskListener listener) throws IOException, InterruptedException {
        Files.deleteIfExists(path());
        Files.createSymbolicLink(path(), Path.of(target));
    }

    public String readLink() throws IOException, InterruptedException {
        return Files.isSymbolicLink(path()) ? Files.readSymbolicLink(path()).toString() : null;
    }

    /** Whether the relative path, links followed, stays below this folder. */
    public boolean isDescendant(String potentialChildRelativePath) throws IOException, InterruptedException {
        if (!Util.isRelativePath(potentialChildRelativePath)) {
            throw new IllegalArgumentException(
                    "Only a relative path is supported, the given path is absolute: " + potentialChildRelativePath);
        }
        Path base = path().toRealPath();
        Path child = path().resolve(potentialChildRelativePath).normalize();
        return (Files.exists(child) ? child.toRealPath() : child.toAbsolutePath()).startsWith(base);
    }

    public Launcher createLauncher(TaskListener listener) throws IOException, InterruptedException {
        return new Launcher.LocalLauncher(listener);
    }

    /** Null when the comma-separated patterns match something, else a sentence saying which one does not. */
    public String validateAntFileMask(String fileMasks, boolean caseSensitive)
            throws IOException, InterruptedException {
        for (String mask : fileMasks.split(",")) {
            if (AntGlob.files(file(), mask.trim(), null, true).isEmpty()) {
                return "'" + mask.trim() + "' doesn't match anything";
            }
        }
        return null;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FilePath that && channel == that.channel && remote.equals(that.remote);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(channel) + remote.hashCode();
    }

    @Override
    public String toString() {
        return remote;
    }

    private File file() {
        return new File(remote);
    }

    private Path path() {
        return Path.of(remote);
    }

    private void makeParent() throws IOException {
        Path parent = path().toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (!RoundTrip.inProgress()) {
            throw new NotSerializableException("hudson.FilePath travels over remoting only and cannot be stored");
        }
        out.defaultWriteObject();
    }

    private static final class DirectoriesOnly implements FileFilter, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean accept(File f) {
            return f.isDirectory();
        }
    }
}
