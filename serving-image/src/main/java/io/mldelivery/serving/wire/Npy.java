package io.mldelivery.serving.wire;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorBuilder;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's array format (numpy.lib.format, versions 1 to 3) for numbers and booleans in C order. Object arrays, which hold
 * pickled Python, are refused.
 */
final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<>|=])(f(?=[248])|[iu]|b(?=1))([1248])'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");
    private static final int ALIGNMENT = 64;

    private final ByteBuffer bytes;
    private final TensorSpec spec;
    private final boolean allowNan;
    private RawNumbers numbers;
    private long[] shape;

    private Npy(ByteBuffer bytes, TensorSpec spec, boolean allowNan) {
        this.bytes = bytes;
        this.spec = spec;
        this.allowNan = allowNan;
    }

    /** Reads one array, converting its numbers to the type of the input. */
    static Tensor read(byte[] file, TensorSpec spec, boolean allowNan) {
        try {
            return new Npy(ByteBuffer.wrap(file), spec, allowNan).read();
        } catch (BufferUnderflowException | ArithmeticException e) {
            throw malformed("it ends too early");
        }
    }

    private Tensor read() {
        readHeader();
        long elements = Tensor.elements(shape);
        if (Math.multiplyExact(elements, numbers.width()) != bytes.remaining()) {
            throw malformed(bytes.remaining() + " bytes do not fill shape " + Arrays.toString(shape));
        }
        TensorBuilder to = new TensorBuilder(spec, allowNan);
        for (long i = 0; i < elements; i++) {
            numbers.move(bytes, to);
        }
        return to.build(shape);
    }

    private void readHeader() {
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        int version = bytes.get();
        bytes.get();
        if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
            throw malformed("it does not start as one");
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int length = version == 1 ? bytes.getShort() & 0xFFFF : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw malformed("it ends in its header");
        }
        byte[] header = new byte[length];
        bytes.get(header);
        readHeader(new String(header, StandardCharsets.ISO_8859_1));
    }

    private void readHeader(String header) {
        Matcher descr = DESCR.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher dimensions = SHAPE.matcher(header);
        if (!descr.find() || !order.find() || !dimensions.find()) {
            throw malformed("its header is " + header.trim());
        }
        bytes.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        numbers = new RawNumbers(descr.group(2).charAt(0), Integer.parseInt(descr.group(3)));
        shape = Arrays.stream(dimensions.group(1).split(","))
                .map(String::trim)
                .filter(size -> !size.isEmpty())
                .mapToLong(Npy::size)
                .toArray();
        if (order.group(1).equals("True") && shape.length > 1) {
            throw malformed("it is in Fortran order; use numpy.ascontiguousarray");
        }
    }

    private static long size(String text) {
        if (!text.matches("[0-9]{1,12}")) {
            throw malformed("a dimension is " + text);
        }
        return Long.parseLong(text);
    }

    private static ServingException malformed(String what) {
        return new ServingException(
                ErrorCode.MALFORMED_BODY,
                "Not a usable npy array: " + what,
                "Send numpy.save of a C-ordered array of numbers.");
    }

    /** The tensor as version 1.0 of the format. */
    static byte[] write(Tensor tensor) {
        String shape =
                Arrays.stream(tensor.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" ", "(", ")"));
        String header = "{'descr': '" + descr(tensor) + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int prefix = MAGIC.length + 4;
        int padding = ALIGNMENT - (prefix + header.length() + 1) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
        out.writeBytes(text);
        out.writeBytes(data(tensor));
        return out.toByteArray();
    }

    private static byte[] data(Tensor tensor) {
        if (tensor.type() == DataType.STRING) {
            return unicode(tensor);
        }
        byte[] data = new byte[tensor.data().remaining()];
        tensor.data().get(data);
        return data;
    }

    private static String descr(Tensor tensor) {
        char order = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
        return switch (tensor.type()) {
            case STRING -> "<U" + longest(tensor);
            case BOOLEAN -> "|b1";
            case INT8 -> "|i1";
            case UINT8 -> "|u1";
            case FLOAT16, FLOAT32, FLOAT64 -> order + "f" + tensor.type().getNumOfBytes();
            case UINT16, UINT32, UINT64 -> order + "u" + tensor.type().getNumOfBytes();
            default -> order + "i" + tensor.type().getNumOfBytes();
        };
    }

    private static int longest(Tensor tensor) {
        return tensor.strings().stream()
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .max()
                .orElse(1);
    }

    private static byte[] unicode(Tensor tensor) {
        int width = longest(tensor);
        ByteBuffer data =
                ByteBuffer.allocate(tensor.strings().size() * width * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.strings().size(); i++) {
            data.position(i * width * 4);
            tensor.strings().get(i).codePoints().forEach(data::putInt);
        }
        return data.array();
    }
}
