package io.mldelivery.serving.http;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is under way, so that a server can end without cutting anything off. Safe for any number of threads. */
public final class Traffic {

    private static final long POLL_MILLIS = 5;

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile boolean draining;

    void opened(Channel connection) {
        connections.add(connection);
    }

    void begun() {
        begun.increment();
    }

    void ended() {
        ended.increment();
    }

    /** From now on every reply closes its connection. */
    public void drain() {
        draining = true;
    }

    public boolean draining() {
        return draining;
    }

    /** Requests that have begun and are not answered. */
    public long underWay() {
        long before = ended.sum();
        return begun.sum() - before;
    }

    public int connections() {
        return connections.size();
    }

    /** Closes connections as they become idle, until none is left; false if some are after the given time. */
    public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
        long until = System.nanoTime() + unit.toNanos(time);
        while (!connections.isEmpty()) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            connections.forEach(Traffic::closeIfIdle);
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    private static void closeIfIdle(Channel channel) {
        channel.eventLoop().execute(() -> {
            Drainable connection = channel.pipeline().get(Drainable.class);
            if (connection == null) {
                channel.close(); // it has not sent enough to tell its protocol
            } else {
                connection.closeIfIdle(channel.pipeline().context(connection));
            }
        });
    }
}
