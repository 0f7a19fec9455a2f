package dev.frontdesk.notification;

import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Another instance of the service, next to the one of Spring's tests, on the same servers. */
public final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings for example {@code frontdesk.notification.realtime.queue=16} */
    public static Instance start(TestEnvironment environment, String... settings) {
        var inherited = environment.variables().entrySet().stream()
                .map(variable -> property(variable.getKey()) + "=" + variable.getValue());
        var ports = Stream.of("server.port=0", "management.server.port=0", "logging.level.org.apache.kafka=warn");
        var arguments = Stream.of(inherited, ports, Stream.of(settings))
                .flatMap(some -> some)
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        return new Instance(SpringApplication.run(NotificationApplication.class, arguments));
    }

    private static String property(String variable) {
        return variable.startsWith("FRONTDESK_")
                ? variable.toLowerCase(Locale.ROOT).replace('_', '.')
                : variable;
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Orderly, as SIGTERM does. */
    @Override
    public void close() {
        context.close();
    }
}
