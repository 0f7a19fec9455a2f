package dev.frontdesk.registration.passwords;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers the priority of a thread below all others, including those of other processes. Hashing takes tens of
 * milliseconds; requests without a password must not wait for it. Java does not pass its own thread priorities to
 * Linux. On other systems, and on failure, the thread keeps its priority.
 */
final class LowPriorityThread {

    private static final Logger log = LoggerFactory.getLogger(LowPriorityThread.class);

    /** About a tenth of the processor while others need it, all of it when it is idle. */
    private static final int NICE = 10;

    /** With id 0, Linux (and no other system) applies this to the calling thread, not to its process. */
    private static final int PRIO_PROCESS = 0;

    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    private LowPriorityThread() {}

    static void makeThisThread() {
        if (!LINUX) {
            return;
        }
        try {
            var linker = Linker.nativeLinker();
            int failed = (int) linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("setpriority"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact(PRIO_PROCESS, 0, NICE);
            if (failed != 0) {
                log.info("Hashing runs at normal thread priority: setpriority was refused");
            }
        } catch (Throwable notThere) {
            log.info("Hashing runs at normal thread priority: {}", notThere.toString());
        }
    }
}
