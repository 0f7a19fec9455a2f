package dev.frontdesk.localstack.servers;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A temporary folder and what runs in it; both go at {@link #close()}, or when this JVM ends. */
final class Ephemeral implements AutoCloseable {

    private final Path folder;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private boolean closed;

    private Ephemeral(Path folder) {
        this.folder = folder;
    }

    static Ephemeral create(String name) {
        Ephemeral ephemeral = new Ephemeral(Folders.temporary(name));
        Runtime.getRuntime().addShutdownHook(new Thread(ephemeral::close, "close-" + name));
        return ephemeral;
    }

    Path folder() {
        return folder;
    }

    synchronized void closes(Runnable step) {
        closing.push(step);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing.forEach(Runnable::run);
        Folders.delete(folder);
    }
}
