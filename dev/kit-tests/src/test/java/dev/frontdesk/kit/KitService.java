package dev.frontdesk.kit;

import dev.frontdesk.testsupport.servers.TestEnvironment;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The kit's application for tests that end it themselves; it trusts every caller. */
public final class KitService {

    private KitService() {}

    public static ConfigurableApplicationContext start(
            TestEnvironment environment, ApplicationContextInitializer<GenericApplicationContext> beans) {
        var inherited = environment.variables().entrySet().stream()
                .map(variable -> property(variable.getKey()) + "=" + variable.getValue());
        var arguments = Stream.concat(inherited, Stream.of("server.port=0", "frontdesk.identity.verify=false"))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(KitApplication.class)
                .initializers(beans)
                .run(arguments);
    }

    private static String property(String variable) {
        return variable.startsWith("FRONTDESK_")
                ? variable.toLowerCase(Locale.ROOT).replace('_', '.')
                : variable;
    }
}
