package hudson;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.XStreamException;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** An object kept as XML in one file; written whole or not at all. */
public final class XmlFile {
    private final XStream xs;
    private final File file;

    public XmlFile(File file) {
        this(new XStream2(), file);
    }

    public XmlFile(XStream xs, File file) {
        this.xs = xs;
        this.file = file;
    }

    public File getFile() {
        return file;
    }

    public XStream getXStream() {
        return xs;
    }

    public Object read() throws IOException {
        try (InputStream in = Files.newInputStream(file.toPath())) {
            return xs.fromXML(in);
        } catch (XStreamException e) {
            throw new IOException("Unable to read " + file, e);
        }
    }

    public Object unmarshal(Object o) throws IOException {
        try (InputStream in = Files.newInputStream(file.toPath())) {
            return xs.fromXML(in, o);
        } catch (XStreamException e) {
            throw new IOException("Unable to read " + file, e);
        }
    }

    public void write(Object o) throws IOException {
        mkdirs();
        Path target = file.toPath();
        Path temporary = Files.createTempFile(target.toAbsolutePath().getParent(), file.getName(), ".tmp");
        try {
            try (Writer w = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                w.write("<?xml version='1.1' encoding='UTF-8'?>\n");
                xs.toXML(o, w);
            }
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (XStreamException e) {
            throw new IOException("Unable to write " + file, e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    public boolean exists() {
        return file.exists();
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file.toPath());
    }

    public void mkdirs() throws IOException {
        Files.createDirectories(file.getAbsoluteFile().getParentFile().toPath());
    }

    public String asString() throws IOException {
        return Files.readString(file.toPath());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
