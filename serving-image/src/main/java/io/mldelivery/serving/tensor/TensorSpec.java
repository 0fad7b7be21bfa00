package io.mldelivery.serving.tensor;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import java.util.Arrays;

/** What a model declares for one input or output. A size of -1 is free; a shape of absent length is unknown. */
public record TensorSpec(String name, DataType type, long[] shape, boolean shapeKnown) {

    public TensorSpec {
        shape = shape.clone();
    }

    public static TensorSpec of(String name, DataType type, long... shape) {
        return new TensorSpec(name, type, shape, true);
    }

    /** A model that does not say: any shape is passed on to the engine. */
    public static TensorSpec ofUnknownShape(String name, DataType type) {
        return new TensorSpec(name, type, new long[0], false);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** Columns of a [rows, columns] input, or -1 where it is free, unknown or of another rank. */
    public long columns() {
        return shapeKnown && shape.length == 2 ? shape[1] : -1;
    }

    /** Whether the first dimension is free, so that requests can be stacked. */
    public boolean batchable() {
        return !shapeKnown || shape.length > 0 && shape[0] < 0;
    }

    /** Fails with WRONG_TYPE or WRONG_SHAPE, naming what was expected and what came. */
    public void check(Tensor tensor) {
        if (tensor.type() != type) {
            throw new ServingException(
                    ErrorCode.WRONG_TYPE,
                    "Input '" + name + "' expects " + type + ", got " + tensor.type(),
                    "Send the values as " + type + ".");
        }
        if (!fits(tensor)) {
            throw new ServingException(
                    ErrorCode.WRONG_SHAPE,
                    "Input '" + name + "' expects shape " + describe() + ", got " + Arrays.toString(tensor.shape()),
                    "Send rows of exactly the columns the model was trained with; -1 stands for any number of rows.");
        }
    }

    private boolean fits(Tensor tensor) {
        if (!shapeKnown) {
            return true;
        }
        if (tensor.rank() != shape.length) {
            return false;
        }
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] >= 0 && shape[axis] != tensor.size(axis)) {
                return false;
            }
        }
        return true;
    }

    /** The shape for people, such as {@code [-1, 30]}. */
    public String describe() {
        return shapeKnown ? Arrays.toString(shape) : "[any]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorSpec that
                && name.equals(that.name)
                && type == that.type
                && shapeKnown == that.shapeKnown
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(shape);
    }
}
