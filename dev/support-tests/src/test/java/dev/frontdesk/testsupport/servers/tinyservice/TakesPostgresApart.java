package dev.frontdesk.testsupport.servers.tinyservice;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Derives a setting before the context is created, as service-kit does. */
public final class TakesPostgresApart implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var derived = "r2dbc:" + environment.getProperty("POSTGRES_URL");
        environment.getPropertySources().addLast(new MapPropertySource("derived", Map.of("derived.url", derived)));
    }
}
