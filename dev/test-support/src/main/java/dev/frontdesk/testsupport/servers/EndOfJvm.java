package dev.frontdesk.testsupport.servers;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;

/** The end of this JVM, however it was requested: no server keeps running. */
final class EndOfJvm {

    private static final int CONTEXTS_CLOSE_WITHIN_SECONDS = 30;
    private static final Set<Host> HOSTS = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch CONTEXTS_ARE_CLOSED = new CountDownLatch(1);
    private static volatile boolean hasSpring;

    static {
        SpringApplication.getShutdownHandlers().add(CONTEXTS_ARE_CLOSED::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(EndOfJvm::closeAll, "end-of-test-servers"));
    }

    private EndOfJvm() {}

    static void closes(Host host) {
        HOSTS.add(host);
    }

    static void forget(Host host) {
        HOSTS.remove(host);
    }

    /** Spring Boot's own hook then runs at the same time, in no defined order: ours waits for it. */
    static void hasSpring() {
        hasSpring = true;
    }

    private static void closeAll() {
        if (hasSpring) {
            awaitTheGoodbyesOfServices();
        }
        List.copyOf(HOSTS).parallelStream().forEach(Host::close);
    }

    private static void awaitTheGoodbyesOfServices() {
        try {
            var ignored = CONTEXTS_ARE_CLOSED.await(CONTEXTS_CLOSE_WITHIN_SECONDS, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
