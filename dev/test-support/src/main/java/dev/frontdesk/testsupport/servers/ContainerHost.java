package dev.frontdesk.testsupport.servers;

import dev.frontdesk.localstack.servers.FreePorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** A container. Its ports are chosen here, because the engine would choose others at each start. */
final class ContainerHost implements Host {

    private static final int ATTEMPTS = 3;
    private static final int STOPS_WITHIN_SECONDS = 5;
    private static final int LETTERS_OF_LOG = 2000;

    private final GenericContainer<?> container;
    private final int mainPort;
    private final Map<Integer, Integer> ports;

    private ContainerHost(GenericContainer<?> container, int mainPort, Map<Integer, Integer> ports) {
        this.container = container;
        this.mainPort = mainPort;
        this.ports = ports;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @param ports inside the container; clients of the server use the first
     */
    static <S extends TestServer> S start(
            Supplier<GenericContainer<?>> image, List<Integer> ports, Function<ContainerHost, S> as) {
        var host = started(image, ports);
        EndOfJvm.closes(host);
        var server = as.apply(host);
        server.awaitAnswer();
        return server;
    }

    private static ContainerHost started(Supplier<GenericContainer<?>> image, List<Integer> inside) {
        for (int attempt = 1; ; attempt++) {
            var container = image.get();
            var ports = new LinkedHashMap<Integer, Integer>();
            inside.forEach(port -> ports.put(port, FreePorts.next()));
            container.setPortBindings(ports.entrySet().stream()
                    .map(port -> port.getValue() + ":" + port.getKey())
                    .toList());
            container.waitingFor(new NoWait());
            try {
                container.start();
                return new ContainerHost(container, inside.getFirst(), ports);
            } catch (ContainerLaunchException e) {
                container.stop();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public String name() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port(mainPort);
    }

    int port(int inside) {
        var outside = ports.get(inside);
        if (outside == null) {
            throw new IllegalArgumentException("Port " + inside + " is not published");
        }
        return outside;
    }

    @Override
    public void stop() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOPS_WITHIN_SECONDS)
                .exec();
    }

    @Override
    public void start() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void resume() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void checkAlive() {
        if (!container.isRunning()) {
            var log = container.getLogs();
            throw new IllegalStateException(
                    "The container ended:\n" + log.substring(Math.max(0, log.length() - LETTERS_OF_LOG)));
        }
    }

    @Override
    public void close() {
        EndOfJvm.forget(this);
        container.stop();
    }

    /** {@link TestServer#answers()} decides for all hosts whether a server is ready. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
