package io.mldelivery.serving.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.metrics.Histogram;
import io.mldelivery.serving.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelQueueTest {

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Deque<Runnable> near = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<Long> batches = new ArrayList<>();
    private final QueueMetrics metrics = new QueueMetrics(new Histogram(1), new Histogram(1), new Histogram(1));

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    private ModelQueue queue(int size, int batch, long delayMillis, boolean batchable) {
        QueueLimits limits =
                new QueueLimits(size, batch, TimeUnit.MILLISECONDS.toNanos(delayMillis), 1, batchable, false);
        return new ModelQueue(limits, this::twice, work::add, timer, metrics);
    }

    /** The model: doubles each value; fails on 13, runs out of memory on 14. */
    private List<Tensor> twice(List<Tensor> inputs) {
        Tensor input = inputs.get(0);
        batches.add(input.rows());
        ByteBuffer out = ByteBuffer.allocate((int) input.elements() * 4).order(ByteOrder.nativeOrder());
        for (int i = 0; i < input.elements(); i++) {
            if (input.number(i) == 13) {
                throw new IllegalStateException("thirteen");
            }
            if (input.number(i) == 14) {
                throw new IllegalStateException("std::bad_alloc: bad allocation");
            }
            out.putFloat((float) input.number(i) * 2);
        }
        return List.of(Tensor.of("y", DataType.FLOAT32, input.shape(), out.flip()));
    }

    private static final class Answer implements Job.Outcome {
        private List<Double> values;
        private ErrorCode code;

        @Override
        public void succeeded(List<Tensor> outputs) {
            values = new ArrayList<>();
            for (int i = 0; i < outputs.get(0).elements(); i++) {
                values.add(outputs.get(0).number(i));
            }
        }

        @Override
        public void failed(ServingException fault) {
            code = fault.code();
        }
    }

    private Answer submit(ModelQueue queue, int columns, float... values) {
        return submitUntil(queue, System.nanoTime() + TimeUnit.MINUTES.toNanos(1), columns, values);
    }

    private Answer submitUntil(ModelQueue queue, long deadline, int columns, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.nativeOrder());
        for (float value : values) {
            data.putFloat(value);
        }
        long[] shape = {values.length / columns, columns};
        Answer answer = new Answer();
        Tensor tensor = Tensor.of("x", DataType.FLOAT32, shape, data.flip());
        queue.submit(new Job(List.of(tensor), deadline, near::add, answer));
        return answer;
    }

    private void work() {
        while (!work.isEmpty() || !near.isEmpty()) {
            (work.isEmpty() ? near : work).poll().run();
        }
    }

    /** Submits until the queue has learned that this model's batches are quick; the last request is still to be computed. */
    private Answer submitUntilQuick(ModelQueue queue) {
        for (int i = 0; i < 100_000; i++) {
            Answer answer = submit(queue, 1, 2);
            if (!near.isEmpty()) {
                return answer;
            }
            work();
        }
        throw new AssertionError("100,000 batches took long");
    }

    @Test
    void shouldComputeWaitingJobsTogetherAndGiveEachItsRows() {
        ModelQueue queue = queue(10, 8, 0, true);
        Answer one = submit(queue, 2, 1, 2);
        Answer two = submit(queue, 2, 3, 4, 5, 6);
        work();

        assertThat(batches).containsExactly(3L);
        assertThat(one.values).containsExactly(2.0, 4.0);
        assertThat(two.values).containsExactly(6.0, 8.0, 10.0, 12.0);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void shouldNotComputeMoreRowsTogetherThanTheBatchSize() {
        ModelQueue queue = queue(10, 2, 0, true);
        for (int i = 0; i < 5; i++) {
            submit(queue, 1, i);
        }
        work();

        assertThat(batches).containsExactly(2L, 2L, 1L);
    }

    @Test
    void shouldComputeAJobThatIsLargerThanABatch() {
        ModelQueue queue = queue(10, 2, 0, true);
        Answer large = submit(queue, 1, 1, 2, 3);
        work();

        assertThat(large.values).hasSize(3);
    }

    @Test
    void shouldNotStackDifferentShapes() {
        ModelQueue queue = queue(10, 8, 0, true);
        submit(queue, 1, 1);
        submit(queue, 2, 1, 2);
        work();

        assertThat(batches).containsExactly(1L, 1L);
    }

    @Test
    void shouldComputeEachAloneWhenTheModelTakesNoBatches() {
        ModelQueue queue = queue(10, 8, 0, false);
        submit(queue, 1, 1);
        submit(queue, 1, 2);
        work();

        assertThat(batches).containsExactly(1L, 1L);
    }

    @Test
    void shouldRefuseWhenTheQueueIsFull() {
        ModelQueue queue = queue(2, 8, 0, true);
        submit(queue, 1, 1);
        submit(queue, 1, 2);

        assertThatThrownBy(() -> submit(queue, 1, 3))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FULL));
        work();
        assertThat(submit(queue, 1, 4)).isNotNull();
    }

    @Test
    void shouldNotComputeWhatIsPastItsDeadline() {
        ModelQueue queue = queue(10, 8, 0, true);
        Answer late = submitUntil(queue, System.nanoTime() - 1, 1, 1);
        Answer inTime = submit(queue, 1, 2);
        work();

        assertThat(late.code).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(inTime.values).containsExactly(4.0);
        assertThat(batches).containsExactly(1L);
    }

    @Test
    void shouldFailOnlyTheJobThatTheModelCannotCompute() {
        ModelQueue queue = queue(10, 8, 0, true);
        Answer before = submit(queue, 1, 1);
        Answer bad = submit(queue, 1, 13);
        Answer after = submit(queue, 1, 2);
        work();

        assertThat(before.values).containsExactly(2.0);
        assertThat(bad.code).isEqualTo(ErrorCode.MODEL_FAILED);
        assertThat(after.values).containsExactly(4.0);
    }

    @Test
    void shouldSayOutOfMemoryWhenTheEngineIs() {
        ModelQueue queue = queue(10, 8, 0, true);
        Answer answer = submit(queue, 1, 14);
        work();

        assertThat(answer.code).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    }

    @Test
    void shouldWaitForMoreJobsWhenThereIsADelay() throws InterruptedException {
        ModelQueue queue = queue(10, 3, 30, true);
        submit(queue, 1, 1);
        submit(queue, 1, 2);
        assertThat(work).isEmpty();

        Thread.sleep(200);
        work();

        assertThat(batches).containsExactly(2L);
    }

    @Test
    void shouldNotWaitWhenTheBatchIsFull() {
        ModelQueue queue = queue(10, 2, 60_000, true);
        submit(queue, 1, 1);
        submit(queue, 1, 2);
        work();

        assertThat(batches).containsExactly(2L);
    }

    @Test
    void shouldComputeWhereTheRequestCameInWhenBatchesAreQuick() {
        ModelQueue queue = queue(10, 8, 0, true);
        submit(queue, 1, 1);
        assertThat(work).as("before anything is known").hasSize(1);
        work();

        Answer answer = submitUntilQuick(queue);
        assertThat(work).isEmpty();
        near.poll().run();

        assertThat(answer.values).containsExactly(4.0);
    }

    @Test
    void shouldLeaveARequestThatIsLargerThanABatchToTheWorkers() {
        QueueLimits limits = new QueueLimits(10, 2, 0, 2, true, false);
        ModelQueue queue = new ModelQueue(limits, this::twice, work::add, timer, metrics);
        submitUntilQuick(queue);

        submit(queue, 1, 1, 2, 3);

        assertThat(work).hasSize(1);
    }

    @Test
    void shouldLeaveSlowBatchesToTheWorkers() {
        QueueLimits limits = new QueueLimits(10, 8, 0, 1, true, false);
        ModelQueue queue = new ModelQueue(
                limits,
                inputs -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                    return twice(inputs);
                },
                work::add,
                timer,
                metrics);
        submit(queue, 1, 1);
        work();

        submit(queue, 1, 2);

        assertThat(work).hasSize(1);
        assertThat(near).isEmpty();
    }
}
