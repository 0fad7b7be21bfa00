package io.mldelivery.serving.wire;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code text/csv}: RFC 4180 fields in UTF-8, one row a line. A first line in which no field is a number is a header; its
 * names choose the columns, else the order does. Quoted fields hold no line breaks.
 */
public final class CsvTable {

    private static final String ADVICE = "Send one row a line, fields separated by commas.";

    private CsvTable() {}

    static List<Tensor> read(InputStream body, Columns columns) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    row(columns, fields(line, number), number);
                }
            }
            if (columns.count() == 0) {
                throw malformed("The CSV body is empty");
            }
            return columns.tensors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(Columns columns, List<String> fields, int number) {
        if (columns.count() == 0) {
            if (fields.stream().noneMatch(CsvTable::isNumber)) {
                columns.names(fields);
                return;
            }
            columns.positions(fields.size());
        }
        if (fields.size() != columns.count()) {
            throw malformed("Line " + number + " has " + fields.size() + " columns, expected " + columns.count());
        }
        for (int i = 0; i < fields.size(); i++) {
            columns.add(i, fields.get(i));
        }
        columns.endRow();
    }

    private static boolean isNumber(String field) {
        try {
            Double.parseDouble(field.trim());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> fields(String line, int number) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw malformed("Line " + number + " has a quote that does not end");
        }
        fields.add(field.toString());
        return fields;
    }

    private static ServingException malformed(String what) {
        return new ServingException(ErrorCode.MALFORMED_BODY, what, ADVICE);
    }

    /** Outputs side by side, one row a line, without a header. */
    public static void write(OutputStream to, List<Tensor> outputs) {
        StringBuilder text = new StringBuilder();
        long rows = outputs.get(0).rows();
        for (int row = 0; row < rows; row++) {
            String before = "";
            for (Tensor output : outputs) {
                long width = output.elements() / Math.max(1, output.rows());
                for (long i = row * width; i < (row + 1) * width; i++) {
                    text.append(before).append(field(output, (int) i));
                    before = ",";
                }
            }
            text.append('\n');
        }
        try {
            to.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(Tensor output, int index) {
        if (!output.strings().isEmpty()) {
            String text = output.strings().get(index);
            return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
        return switch (output.type()) {
            case FLOAT32, FLOAT16 -> Float.toString((float) output.number(index));
            case FLOAT64 -> Double.toString(output.number(index));
            default -> Long.toString((long) output.number(index));
        };
    }
}
