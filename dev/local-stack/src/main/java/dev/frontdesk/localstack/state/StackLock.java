package dev.frontdesk.localstack.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by the process that starts, watches or stops the stack. The operating system releases it, however its holder
 * dies.
 */
public final class StackLock implements AutoCloseable {

    private final FileChannel file;
    private final FileLock lock;

    private StackLock(FileChannel file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Empty if another process holds it. */
    public static Optional<StackLock> tryTake(Home home) {
        try {
            FileChannel file = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                return Optional.empty();
            }
            return Optional.of(new StackLock(file, lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
