package dev.frontdesk.gateway.applications;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param file with routes to applications, in YAML or JSON as the API has them; null for none */
@ConfigurationProperties("frontdesk.gateway.routes")
record RouteProperties(@Nullable Path file) {}
