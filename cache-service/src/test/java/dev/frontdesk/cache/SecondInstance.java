package dev.frontdesk.cache;

import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Another instance of the service in this JVM, with the same stores. */
public final class SecondInstance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    /** @param properties of this instance, as {@code name=value} */
    public SecondInstance(TestEnvironment servers, String... properties) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
        servers.variables().forEach((variable, value) -> {
            // The keys are properties below, so that a test can replace them.
            if (!variable.endsWith("_KEY")) {
                arguments.add("--" + variable + "=" + value);
            }
        });
        for (String key : List.of("identity", "cache")) {
            if (Stream.of(properties).noneMatch(it -> it.startsWith("frontdesk." + key + ".key="))) {
            arguments.add("--frontdesk." + key + ".key="
                    + servers.variable("FRONTDESK_" + key.toUpperCase(Locale.ROOT) + "_KEY"));
            }
        }
        for (String property : properties) {
            arguments.add("--" + property);
        }
        context = new SpringApplicationBuilder(CacheApplication.class).run(arguments.toArray(String[]::new));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }
}
