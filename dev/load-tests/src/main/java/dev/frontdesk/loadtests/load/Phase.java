package dev.frontdesk.loadtests.load;

import dev.frontdesk.loadtests.load.Connections.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Load for a while. After its start only the thread of its connections uses it. */
final class Phase {
    private final ScheduledExecutorService loop;
    private final long duration;
    /** Nanoseconds between two requests; 0 if a connection sends the next one after a response. */
    private final double interval;

    /** Nanoseconds for which a connection sends nothing after another status. */
    private final long rest;

    private final int status;
    private final Requests requests;
    private final CompletableFuture<Sent> done = new CompletableFuture<>();
    private final Latencies latencies = new Latencies();
    private final Map<String, Integer> wrong = new HashMap<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private long begin;
    private long sent;
    private int inFlight;
    private int resting;
    private boolean timer;

    private Phase(
            ScheduledExecutorService loop,
            Duration duration,
            double interval,
            Duration rest,
            int status,
            Requests requests) {
        this.loop = loop;
        this.duration = duration.toNanos();
        this.interval = interval;
        this.rest = rest.toNanos();
        this.status = status;
        this.requests = requests;
    }

    static Phase closed(ScheduledExecutorService loop, Duration time, int status, Requests requests) {
        return new Phase(loop, time, 0, Duration.ZERO, status, requests);
    }

    static Phase patient(ScheduledExecutorService loop, Duration time, Duration rest, int status, Requests requests) {
        return new Phase(loop, time, 0, rest, status, requests);
    }

    static Phase open(ScheduledExecutorService loop, double rate, Duration time, int status, Requests requests) {
        return new Phase(loop, time, 1e9 / rate, Duration.ZERO, status, requests);
    }

    CompletableFuture<Sent> done() {
        return done;
    }

    void start(List<Connection> connections) {
        begin = System.nanoTime();
        for (Connection connection : connections) {
            connection.join(this);
            add(connection);
        }
        sendWhatIsDue();
    }

    /** @param received 0 if there is no response */
    void ended(Connection connection, String what, int received, long due) {
        inFlight--;
        if (received == status) {
            latencies.add(System.nanoTime() - due);
        } else {
            wrong.merge(what, 1, Integer::sum);
            if (rest > 0) {
                resting++;
                loop.schedule(() -> goOn(connection), rest, TimeUnit.NANOSECONDS);
                sendWhatIsDue();
                return;
            }
        }
        add(connection);
        sendWhatIsDue();
    }

    private void goOn(Connection connection) {
        resting--;
        add(connection);
        sendWhatIsDue();
    }

    private void add(Connection connection) {
        if (connection.isOpen()) {
            idle.add(connection);
        }
    }

    private void sendWhatIsDue() {
        long now = System.nanoTime();
        long next = dueOfNext(now);
        while (!isOver(next) && next <= now && !idle.isEmpty()) {
            sent++;
            inFlight++;
            idle.remove().send(requests.next(), next);
            next = dueOfNext(now);
        }
        if (isOver(next) || (idle.isEmpty() && inFlight == 0 && resting == 0)) {
            endIfNothingIsInFlight(now);
        } else if (next > now && !timer) {
            timer = true;
            loop.schedule(this::wake, next - now, TimeUnit.NANOSECONDS);
        }
    }

    private boolean isOver(long next) {
        return next - begin >= duration || sent == requests.number();
    }

    private long dueOfNext(long now) {
        return interval == 0 ? now : begin + (long) (sent * interval);
    }

    private void wake() {
        timer = false;
        sendWhatIsDue();
    }

    private void endIfNothingIsInFlight(long now) {
        if (inFlight == 0) {
            if (sent == 0) {
                wrong.merge("no connection", 1, Integer::sum);
            }
            end(now);
        }
    }

    /** Counts what is still in flight as not answered. */
    void giveUp() {
        if (!done.isDone()) {
            wrong.merge("no response", inFlight, Integer::sum);
            end(System.nanoTime());
        }
    }

    private void end(long now) {
        done.complete(new Sent(latencies.count(), Map.copyOf(wrong), latencies, Duration.ofNanos(now - begin)));
    }
}
