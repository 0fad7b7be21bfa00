package hudson.model;

import com.thoughtworks.xstream.converters.SingleValueConverter;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.List;

/** How a build ended, best first. */
public final class Result implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final Result SUCCESS = new Result("SUCCESS", BallColor.BLUE, 0, true);
    public static final Result UNSTABLE = new Result("UNSTABLE", BallColor.YELLOW, 1, true);
    public static final Result FAILURE = new Result("FAILURE", BallColor.RED, 2, true);
    public static final Result NOT_BUILT = new Result("NOT_BUILT", BallColor.NOTBUILT, 3, false);
    public static final Result ABORTED = new Result("ABORTED", BallColor.ABORTED, 4, false);

    private static final List<Result> ALL = List.of(SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED);

    /** Stores a result as its name. */
    public static final SingleValueConverter conv = new ByName();

    private final String name;
    public final int ordinal;
    public final transient BallColor color;
    public final boolean completeBuild;

    private Result(String name, BallColor color, int ordinal, boolean complete) {
        this.name = name;
        this.color = color;
        this.ordinal = ordinal;
        this.completeBuild = complete;
    }

    /** The worse of both. */
    public Result combine(Result that) {
        return ordinal < that.ordinal ? that : this;
    }

    public static Result combine(Result r1, Result r2) {
        if (r1 == null) {
            return r2;
        }
        return r2 == null ? r1 : r1.combine(r2);
    }

    public boolean isWorseThan(Result that) {
        return ordinal > that.ordinal;
    }

    public boolean isWorseOrEqualTo(Result that) {
        return ordinal >= that.ordinal;
    }

    public boolean isBetterThan(Result that) {
        return ordinal < that.ordinal;
    }

    public boolean isBetterOrEqualTo(Result that) {
        return ordinal <= that.ordinal;
    }

    public boolean isCompleteBuild() {
        return completeBuild;
    }

    @Override
    public String toString() {
        return name;
    }

    public String toExportedObject() {
        return name;
    }

    /** FAILURE for an unknown name. */
    public static Result fromString(String s) {
        return ALL.stream().filter(r -> r.name.equalsIgnoreCase(s)).findFirst().orElse(FAILURE);
    }

    private Object readResolve() throws ObjectStreamException {
        return fromString(name);
    }

    private static final class ByName implements SingleValueConverter {
        @Override
        public boolean canConvert(Class type) {
            return type == Result.class;
        }

        @Override
        public String toString(Object o) {
            return o.toString();
        }

        @Override
        public Object fromString(String s) {
            return Result.fromString(s);
        }
    }
}
