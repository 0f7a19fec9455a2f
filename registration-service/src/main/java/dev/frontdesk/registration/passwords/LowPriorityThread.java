package dev.frontdesk.registration.passwords;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a thread give way to all others, also those of other processes: who waits for a hash waits for tens of milliseconds
 * anyway, and whoever needs none should not wait for it too. Java's own priorities are not handed on to Linux. Elsewhere, and
 * where it fails, the thread stays as it is.
 */
final class LowPriorityThread {

    private static final Logger log = LoggerFactory.getLogger(LowPriorityThread.class);

    /** A tenth of the processor where somebody else wants it, all of it where nobody does. */
    private static final int NICE = 10;

    /** With 0 for the id, Linux (and no other system) takes this for the calling thread, not for its process. */
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
                log.info("Hashing is as urgent as all else: setpriority was refused");
            }
        } catch (Throwable notThere) {
            log.info("Hashing is as urgent as all else: {}", notThere.toString());
        }
    }
}
