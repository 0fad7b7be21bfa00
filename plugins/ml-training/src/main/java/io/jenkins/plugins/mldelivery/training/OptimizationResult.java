package io.jenkins.plugins.mldelivery.training;

import io.mldelivery.training.optimize.OptimizedModel;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code optimizeModel} returns to the Pipeline script. Immutable; times are of one row on one thread. */
public final class OptimizationResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String output;
    final String sha256Before;
    final String sha256;
    private final long bytesBefore;
    private final long bytes;
    private final double p50MsBefore;
    private final double p50Ms;
    final double p99MsBefore;
    final double p99Ms;
    private final double largestDifference;
    private final int changedLabels;
    private final int quantizedNodes;
    final int rows;
    final String onnxruntime;
    final String environmentDigest;

    OptimizationResult(String output, OptimizedModel model) {
        this.output = output;
        this.sha256Before = model.before().sha256();
        this.sha256 = model.after().sha256();
        this.bytesBefore = model.before().bytes();
        this.bytes = model.after().bytes();
        this.p50MsBefore = model.before().p50Ms();
        this.p50Ms = model.after().p50Ms();
        this.p99MsBefore = model.before().p99Ms();
        this.p99Ms = model.after().p99Ms();
        this.largestDifference = model.largestDifference();
        this.changedLabels = model.changedLabels();
        this.quantizedNodes = model.quantizedNodes();
        this.rows = model.rows();
        this.onnxruntime = model.onnxruntime();
        this.environmentDigest = model.environmentDigest();
    }

    /** The folder in the workspace. */
    @Whitelisted
    public String getOutput() {
        return output;
    }

    /** The size of the model before. */
    @Whitelisted
    public long getBytesBefore() {
        return bytesBefore;
    }

    /** The size of the model now. */
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** The median time before, in milliseconds. */
    @Whitelisted
    public double getP50MsBefore() {
        return p50MsBefore;
    }

    /** The median time now, in milliseconds. */
    @Whitelisted
    public double getP50Ms() {
        return p50Ms;
    }

    /** The largest difference between the numbers of both models. */
    @Whitelisted
    public double getLargestDifference() {
        return largestDifference;
    }

    /** Rows whose class is another. */
    @Whitelisted
    public int getChangedLabels() {
        return changedLabels;
    }

    /** Operators that work with integers now; 0: there was nothing to quantize. */
    @Whitelisted
    public int getQuantizedNodes() {
        return quantizedNodes;
    }

    @Whitelisted
    @Override
    public String toString() {
        return output;
    }
}
