package io.mldelivery.data.arrow;

import io.mldelivery.data.append.RowSource;
import io.mldelivery.data.append.ValueSink;
import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The rows of an Arrow file (Feather 2) or an Arrow stream in a file, batch by batch. Buffers may be compressed with LZ4 or
 * Zstandard. Nested and binary columns are listed and their values left out, but for lists of numbers.
 */
public final class ArrowFile implements RowSource {
    private static final String MAGIC = "ARROW1";
    private static final String OLD_MAGIC = "FEA1";
    private static final int SCHEMA = 1;
    private static final int DICTIONARY = 2;
    private static final int RECORDS = 3;

    private final String name;
    private final FileChannel channel;
    private final Map<Long, ArrowField> dictionaryFields = new HashMap<>();
    private final Map<Long, NavigableMap<Integer, Values>> dictionaries = new HashMap<>();
    private final Map<Long, Integer> dictionarySizes = new HashMap<>();
    private final List<ArrowField> fields;
    private List<Values> columns = List.of();
    private long position;
    private int rows;
    private int row = -1;

    private ArrowFile(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        this.position = start();
        Message message = message();
        if (message == null || message.kind() != SCHEMA) {
            throw new IllegalArgumentException("it does not begin with a schema");
        }
        FlatTable schema = message.header();
        if (schema.shortAt(0, 0) != 0) {
            throw new IllegalArgumentException("it is big-endian");
        }
        this.fields = ArrowField.list(schema.tablesAt(1));
        fields.forEach(this::rememberDictionaries);
    }

    /**
     * Opens a file.
     *
     * @param name how the user wrote it, for messages
     */
    public static ArrowFile open(String name, Path file) {
        try {
            FileChannel channel = FileChannel.open(file);
            try {
                return new ArrowFile(name, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw broken(name, e);
        }
    }

    private static DeliveryException broken(String name, Exception e) {
        if (e instanceof DeliveryException known) {
            return known;
        }
        String detail = e.getMessage() == null || e instanceof IndexOutOfBoundsException
                ? "it is cut off or damaged"
                : e.getMessage().lines().findFirst().orElse("");
        return new DeliveryException(
                Code.DATA, name + ": not a complete Arrow file: " + detail, "Write or copy it again.", e);
    }

    private long start() throws IOException {
        String head = new String(bytes(0, MAGIC.length()).array(), StandardCharsets.ISO_8859_1);
        if (head.startsWith(OLD_MAGIC)) {
            throw new DeliveryException(
                    Code.DATA,
                    name + ": Feather version 1 is not read",
                    "Write it again as Feather 2 (pandas' to_feather does since 1.1), or as Parquet.");
        }
        return head.equals(MAGIC) ? 8 : 0;
    }

    /** Fails when fewer bytes are left. */
    private ByteBuffer bytes(long from, int length) throws IOException {
        if (length < 0 || from + length > channel.size()) {
            throw new IllegalArgumentException("it ends after " + channel.size() + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IllegalArgumentException("it ends after " + channel.size() + " bytes");
            }
        }
        return buffer.flip();
    }

    private record Message(int kind, FlatTable header, long body, long bodyLength) {}

    /** The next message, which is not read further than its head; null at the end. */
    private Message message() throws IOException {
        if (position == channel.size()) {
            return null;
        }
        int length = bytes(position, 4).getInt();
        position += 4;
        if (length == -1) {
            length = bytes(position, 4).getInt();
            position += 4;
        }
        if (length == 0) {
            return null;
        }
        FlatTable message = FlatTable.root(bytes(position, length));
        long body = position + length;
        position = body + message.longAt(3, 0);
        return new Message(
                message.byteAt(1, 0),
                message.tableAt(2).orElseThrow(() -> new IllegalArgumentException("a message without content")),
                body,
                message.longAt(3, 0));
    }

    private void rememberDictionaries(ArrowField field) {
        field.dictionary()
                .ifPresent(id -> dictionaryFields.put(
                        id,
                        new ArrowField(
                                field.name(),
                                field.kind(),
                                field.width(),
                                field.signed(),
                                field.unit(),
                                field.children(),
                                OptionalLong.empty(),
                                0)));
        field.children().forEach(this::rememberDictionaries);
    }

    @Override
    public List<NamedType> columns() {
        return fields.stream()
                .map(field -> new NamedType(field.name(), field.valueType()))
                .toList();
    }

    @Override
    public boolean next() {
        try {
            row++;
            while (row >= rows) {
                Message message = message();
                if (message == null) {
                    return false;
                }
                take(message);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            throw broken(name, e);
        }
    }

    private void take(Message message) throws IOException {
        if (message.kind() == RECORDS) {
            Batch batch = batch(message.header(), message);
            var reader = new ColumnReader(batch, dictionaries);
            columns = fields.stream().map(reader::read).toList();
            rows = batch.rows();
            row = 0;
        } else if (message.kind() == DICTIONARY) {
            takeDictionary(message);
        }
    }

    private Batch batch(FlatTable head, Message message) throws IOException {
        if (message.bodyLength() > Integer.MAX_VALUE) {
            throw new DeliveryException(
                    Code.DATA,
                    name + ": a record batch of " + message.bodyLength() + " bytes",
                    "Write it in batches of less than 2 GiB, or as Parquet.");
        }
        if (message.bodyLength() < 0 || message.body() + message.bodyLength() > channel.size()) {
            throw new IllegalArgumentException("it ends after " + channel.size() + " bytes");
        }
        ByteBuffer body = channel.map(MapMode.READ_ONLY, message.body(), message.bodyLength());
        return new Batch(head, body.order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Entries that a delta adds go on counting where those before end. */
    private void takeDictionary(Message message) throws IOException {
        long id = message.header().longAt(0, 0);
        FlatTable head = message.header().tableAt(1).orElseThrow(() -> new IllegalArgumentException("no dictionary"));
        ArrowField field = dictionaryFields.get(id);
        if (field == null) {
            throw new IllegalArgumentException("a dictionary of no column");
        }
        Batch batch = batch(head, message);
        Values values = new ColumnReader(batch, dictionaries).read(field);
        boolean delta = message.header().byteAt(2, 0) != 0;
        NavigableMap<Integer, Values> parts =
                delta ? new TreeMap<>(dictionaries.getOrDefault(id, new TreeMap<>())) : new TreeMap<>();
        int before = delta ? dictionarySizes.getOrDefault(id, 0) : 0;
        parts.put(before, values);
        dictionaries.put(id, parts);
        dictionarySizes.put(id, Math.addExact(before, batch.rows()));
    }

    @Override
    public void write(int column, ValueSink sink) {
        try {
            columns.get(column).write(row, sink);
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            throw broken(name, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw broken(name, e);
        }
    }
}
