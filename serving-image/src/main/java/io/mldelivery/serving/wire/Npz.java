package io.mldelivery.serving.wire;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Signature;
import io.mldelivery.serving.tensor.Tensor;
import io.mldelivery.serving.tensor.TensorSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** NumPy's zip of arrays: each entry is the input of its name; a single one may have any name. */
final class Npz {

    private static final int MOST_ENTRIES = 256;

    private Npz() {}

    /** Reads the arrays; more than {@code limit} decompressed bytes are refused. */
    static List<Tensor> read(byte[] file, Signature signature, boolean allowNan, int limit) {
        List<Tensor> tensors = new ArrayList<>();
        long left = limit;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] array = zip.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
                left -= array.length;
                check(left, tensors.size(), limit);
                tensors.add(Npy.read(array, spec(signature, entry.getName()), allowNan));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        if (tensors.isEmpty()) {
            throw malformed("it has no arrays");
        }
        return tensors;
    }

    private static void check(long left, int entries, int limit) {
        if (left < 0 || entries >= MOST_ENTRIES) {
            throw new ServingException(
                    ErrorCode.BODY_TOO_LARGE,
                    "The npz file unpacks to more than " + limit + " bytes or " + MOST_ENTRIES + " arrays",
                    "Send fewer rows at once.");
        }
    }

    private static TensorSpec spec(Signature signature, String entry) {
        String name = entry.endsWith(".npy") ? entry.substring(0, entry.length() - 4) : entry;
        return signature.input(name).orElseGet(() -> {
            if (signature.inputs().size() == 1) {
                return signature.onlyInput();
            }
            throw malformed("array '" + name + "' is none of the inputs " + signature.inputNames());
        });
    }

    private static ServingException malformed(String what) {
        return new ServingException(
                ErrorCode.MALFORMED_BODY, "Not a usable npz file: " + what, "Send numpy.savez(file, input=array).");
    }

    /** The outputs under their names, stored without compression. */
    static void write(OutputStream to, List<Tensor> outputs) {
        try (ZipOutputStream zip = new ZipOutputStream(to)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Tensor output : outputs) {
                byte[] array = Npy.write(output);
                zip.putNextEntry(stored(output.name() + ".npy", array));
                zip.write(array);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZipEntry stored(String name, byte[] content) {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }
}
