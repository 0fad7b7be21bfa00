package io.mldelivery.serving.schedule;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the rows of several requests below each other, in native memory that is kept for the next batch: engines take it
 * without a copy. One for each thread; what it returned is overwritten by the next call.
 */
final class Stack {

    private static final int KEPT_BYTES = 4 << 20;

    private ByteBuffer memory = allocate(64 << 10);

    List<Tensor> of(List<Job> jobs) {
        int inputs = jobs.get(0).inputs().size();
        reserve(bytes(jobs));
        List<Tensor> stacked = new ArrayList<>(inputs);
        for (int index = 0; index < inputs; index++) {
            stacked.add(input(jobs, index));
        }
        return stacked;
    }

    private static long bytes(List<Job> jobs) {
        long bytes = 0;
        for (Job job : jobs) {
            for (Tensor tensor : job.inputs()) {
                bytes += tensor.data().remaining() + 8;
            }
        }
        return bytes;
    }

    private void reserve(long bytes) {
        if (bytes > memory.capacity() || memory.capacity() > KEPT_BYTES) {
            memory = allocate(Math.toIntExact(Math.max(bytes, 64 << 10)));
        }
        memory.clear();
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private Tensor input(List<Job> jobs, int index) {
        Tensor first = jobs.get(0).inputs().get(index);
        long[] shape = first.shape();
        if (shape.length > 0) {
            shape[0] = jobs.stream()
                    .mapToLong(job -> job.inputs().get(index).rows())
                    .sum();
        }
        if (first.type() == DataType.STRING) {
            List<String> strings = new ArrayList<>();
            jobs.forEach(job -> strings.addAll(job.inputs().get(index).strings()));
            return Tensor.ofStrings(first.name(), shape, strings);
        }
        return Tensor.of(first.name(), first.type(), shape, copy(jobs, index));
    }

    private ByteBuffer copy(List<Job> jobs, int index) {
        int start = (memory.position() + 7) & ~7;
        memory.position(start);
        for (Job job : jobs) {
            memory.put(job.inputs().get(index).data());
        }
        return memory.slice(start, memory.position() - start).order(ByteOrder.nativeOrder());
    }
}
