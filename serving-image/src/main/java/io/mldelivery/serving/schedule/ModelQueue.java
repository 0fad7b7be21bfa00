package io.mldelivery.serving.schedule;

import io.mldelivery.serving.fault.ErrorCode;
import io.mldelivery.serving.fault.ServingException;
import io.mldelivery.serving.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The waiting requests of one model. A worker takes as many as fit one batch, computes them, and goes on until none
 * waits: under load batches form by themselves, without load nothing waits. A worker is a thread of the pool or, for a
 * model whose batches are quick, the thread that the request came in on. Safe for any number of threads.
 */
public final class ModelQueue {

    /** Batches that take less on average are computed where their requests came in: waking another thread would cost more. */
    private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final int AVERAGED = 8;
    private static final ThreadLocal<Stack> STACK = ThreadLocal.withInitial(Stack::new);

    private final QueueLimits limits;
    private final UnaryOperator<List<Tensor>> computation;
    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final QueueMetrics metrics;
    private final Admission admission;
    private final ConcurrentLinkedQueue<Job> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean alarm = new AtomicBoolean();
    private volatile long usualNanos = Long.MAX_VALUE;

    public ModelQueue(
            QueueLimits limits,
            UnaryOperator<List<Tensor>> computation,
            Executor workers,
            ScheduledExecutorService timer,
            QueueMetrics metrics) {
        this.limits = limits;
        this.computation = computation;
        this.workers = workers;
        this.timer = timer;
        this.metrics = metrics;
        this.admission =
                limits.adaptive() ? Admission.adaptive(limits.queueSize(), System::nanoTime) : Admission.unlimited();
    }

    /** Requests that may be under way at once now. */
    public int limit() {
        return Math.min(limits.queueSize(), admission.current());
    }

    /** Jobs that wait, not counting those being computed. */
    public int depth() {
        return jobs.get();
    }

    /** Takes a job, or fails with QUEUE_FULL without calling its outcome. */
    public void submit(Job job) {
        if (jobs.incrementAndGet() > limits.queueSize()) {
            jobs.decrementAndGet();
            throw new ServingException(
                    ErrorCode.QUEUE_FULL,
                    limits.queueSize() + " requests wait already",
                    "Try again after the seconds of Retry-After, or send less at once.");
        }
        try {
            job.enter(admission);
        } catch (ServingException e) {
            jobs.decrementAndGet();
            throw e;
        }
        rows.addAndGet(job.rows());
        waiting.add(job);
        wakeNowOrLater(quick(job) ? job.near() : workers);
    }

    private boolean quick(Job job) {
        return usualNanos < QUICK_NANOS && job.rows() <= limits.batchSize();
    }

    private void wakeNowOrLater(Executor where) {
        if (limits.batchDelayNanos() == 0 || rows.get() >= limits.batchSize()) {
            wake(where);
        } else if (alarm.compareAndSet(false, true)) {
            timer.schedule(this::ring, limits.batchDelayNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void ring() {
        alarm.set(false);
        wake(workers);
    }

    private void wake(Executor where) {
        int now = running.get();
        while (now < limits.workers()) {
            if (running.compareAndSet(now, now + 1)) {
                where.execute(() -> work(where));
                return;
            }
            now = running.get();
        }
    }

    /** A thread of the pool goes on until none waits; one that has connections to look after computes one batch at a time. */
    private void work(Executor where) {
        boolean pool = where == workers;
        try {
            List<Job> batch = pool || nextIsQuick() ? next() : List.of();
            while (!batch.isEmpty()) {
                long start = System.nanoTime();
                run(batch);
                learn(System.nanoTime() - start);
                batch = pool ? next() : List.of();
            }
        } finally {
            running.decrementAndGet();
        }
        if (!waiting.isEmpty()) {
            wakeNowOrLater(nextIsQuick() ? where : workers);
        }
    }

    private boolean nextIsQuick() {
        Job job = waiting.peek();
        return job != null && quick(job);
    }

    /** A moving average; updates that are lost between workers do not matter. */
    private void learn(long nanos) {
        long before = usualNanos;
        usualNanos = before == Long.MAX_VALUE ? nanos : before + (nanos - before) / AVERAGED;
    }

    /** As many waiting jobs as stack to at most a batch of rows; at least one, however large. */
    private List<Job> next() {
        List<Job> batch = new ArrayList<>();
        long total = 0;
        Job job = waiting.peek();
        while (job != null && (batch.isEmpty() || fits(batch, job, total))) {
            if (waiting.remove(job)) {
                jobs.decrementAndGet();
                rows.addAndGet(-job.rows());
                total += job.rows();
                addOrExpire(batch, job);
            }
            job = waiting.peek();
        }
        return batch;
    }

    private boolean fits(List<Job> batch, Job job, long total) {
        return limits.batchable() && total + job.rows() <= limits.batchSize() && job.stacksWith(batch.get(0));
    }

    private void addOrExpire(List<Job> batch, Job job) {
        long now = System.nanoTime();
        metrics.waitSeconds().observe(job.secondsWaited(now));
        if (job.expired(now)) {
            job.fail(new ServingException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "The request waited past its deadline and was not computed",
                    "Send less at once, or a longer X-Request-Timeout."));
        } else {
            batch.add(job);
        }
    }

    private void run(List<Job> batch) {
        List<List<Tensor>> results;
        try {
            results = Outputs.split(compute(batch), batch);
        } catch (ServingException e) {
            failOrSeparate(batch, e);
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).succeed(results.get(i));
        }
    }

    /** One bad request must not fail the others of its batch. */
    private void failOrSeparate(List<Job> batch, ServingException fault) {
        if (batch.size() == 1) {
            batch.get(0).fail(fault);
        } else {
            batch.forEach(job -> run(List.of(job)));
        }
    }

    private List<Tensor> compute(List<Job> batch) {
        long start = System.nanoTime();
        try {
            List<Tensor> stacked = STACK.get().of(batch);
            metrics.batchRows().observe(stacked.get(0).rows());
            return computation.apply(stacked);
        } catch (ServingException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw EngineFaults.outOfMemory(e);
        } catch (RuntimeException e) {
            throw EngineFaults.of(e);
        } finally {
            metrics.computeSeconds().observe((System.nanoTime() - start) / 1e9);
        }
    }
}
