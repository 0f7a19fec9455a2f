package dev.frontdesk.localstack.launcher;

import dev.frontdesk.localstack.parts.Part;
import dev.frontdesk.localstack.processes.PartProcess;
import dev.frontdesk.localstack.processes.Starters;
import dev.frontdesk.localstack.servers.ServerFailed;
import dev.frontdesk.localstack.state.Home;
import dev.frontdesk.localstack.state.ProcessIdentity;
import dev.frontdesk.localstack.state.StackState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/** The processes of one start, as seen by their launcher: started in parallel, watched, and stopped in order. */
final class Stack {

    private static final long WORD_EVERY_SECONDS = 15;

    /** What a service logs when its database was migrated by other scripts: SchemaMismatch in service-kit. */
    private static final String OTHER_LAYOUT = "The database has another layout than this version";

    private final Home home;
    private final Starters starters;
    private final Console console;
    private final Duration bound;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Fails with the first part that fails to start or that ends by itself. */
    private final CompletableFuture<Void> trouble = new CompletableFuture<>();
    /** Parts are started under the read lock; stopping takes the write lock, so that no start is missed. */
    private final ReadWriteLock starting = new ReentrantReadWriteLock();

    private volatile boolean ending;
    private StackState state;

    Stack(Home home, Starters starters, Console console, Duration bound, StackState state) {
        this.home = home;
        this.starters = starters;
        this.console = console;
        this.bound = bound;
        this.state = state;
        state.writeTo(home);
    }

    /** Prepares the parts in the background. */
    CompletableFuture<Void> prepare(List<Part> parts) {
        return inParallel(parts, starters::prepare);
    }

    /** Starts the parts in parallel and returns when all are ready; throws the first failure. */
    void start(List<Part> parts) {
        Set<Part> waiting = new ConcurrentSkipListSet<>(parts);
        await(
                inParallel(parts, part -> {
                    startAndAwait(part);
                    waiting.remove(part);
                }),
                waiting);
    }

    void await(CompletableFuture<Void> work, Set<Part> waiting) {
        CompletableFuture<Object> first = CompletableFuture.anyOf(work, trouble);
        while (true) {
            try {
                first.get(WORD_EVERY_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                console.say("  still waiting for "
                        + waiting.stream().map(Part::title).collect(Collectors.joining(", ")));
            } catch (ExecutionException e) {
                throw asProblem(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Returns when the process that called this launcher has ended; throws when a part ends by itself. */
    void watch() {
        Optional<ProcessHandle> caller = ProcessHandle.current().parent();
        while (caller.filter(ProcessHandle::isAlive).isPresent()) {
            try {
                trouble.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // No part has failed.
            } catch (ExecutionException e) {
                throw asProblem(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Stops everything that was started; afterwards nothing starts. Safe to call from several threads: all wait. */
    boolean end() {
        ending = true;
        starting.writeLock().lock();
        try {
            boolean gone = new Ending(console).end(state.parts());
            if (gone) {
                StackState.clear(home);
            }
            return gone;
        } finally {
            starting.writeLock().unlock();
        }
    }

    /** The processes continue without this launcher. */
    void letGo() {
        if (trouble.isCompletedExceptionally()) {
            throw asProblem(trouble.exceptionNow());
        }
        ending = true;
        state.detached().writeTo(home);
    }

    private void startAndAwait(Part part) {
        long began = System.nanoTime();
        PartProcess started = startUnlessEnding(part);
        while (!started.ready().getAsBoolean()) {
            if (System.nanoTime() - began > bound.toNanos()) {
                throw new PartFailed(
                        part,
                        "was not ready after " + bound.toSeconds() + " s (FRONTDESK_START_TIMEOUT changes that)",
                        started.log());
            }
            if (ending || !started.process().isAlive()) {
                return;
            }
            Pause.briefly();
        }
        console.step(part.title(), "ready", Duration.ofNanos(System.nanoTime() - began));
    }

    private PartProcess startUnlessEnding(Part part) {
        starting.readLock().lock();
        try {
            if (ending) {
                throw new IllegalStateException("ending");
            }
            PartProcess started = starters.start(part);
            record(part, started.process());
            started.process().onExit().thenAccept(ended -> {
                if (!ending) {
                    trouble.completeExceptionally(failureOf(part, ended, started));
                }
            });
            return started;
        } finally {
            starting.readLock().unlock();
        }
    }

    private RuntimeException failureOf(Part part, Process ended, PartProcess started) {
        var failed = new PartFailed(part, "ended with exit code " + ended.exitValue(), started.log());
        return String.valueOf(failed.getMessage()).contains(OTHER_LAYOUT)
                ? new ServerFailed(
                        "the data in %s have another layout than this version of %s: dev/up --fresh starts over"
                                .formatted(home.folder(), part.title()))
                : failed;
    }

    private synchronized void record(Part part, Process process) {
        // One that has already ended needs no record.
        ProcessIdentity.of(process.pid()).ifPresent(identity -> {
            state = state.with(part, identity);
            state.writeTo(home);
        });
    }

    private interface Work {
        void on(Part part);
    }

    private CompletableFuture<Void> inParallel(List<Part> parts, Work work) {
        return CompletableFuture.allOf(parts.stream()
                .map(part -> CompletableFuture.runAsync(() -> work.on(part), threads)
                        .whenComplete((done, failure) -> {
                            if (failure != null && !ending) {
                                trouble.completeExceptionally(asProblem(failure));
                            }
                        }))
                .toArray(CompletableFuture[]::new));
    }

    private static RuntimeException asProblem(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case PartFailed failed -> failed;
            case ServerFailed failed -> failed;
            default -> new ServerFailed(cause.toString(), cause);
        };
    }
}
