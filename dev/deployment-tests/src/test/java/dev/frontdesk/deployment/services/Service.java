package dev.frontdesk.deployment.services;

import dev.frontdesk.kit.environment.EnvironmentList;
import dev.frontdesk.kit.environment.EnvironmentVariable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.FileSystemResource;

/** One of the five services, by the name of its module, its image, its Deployment and its Service. */
public enum Service {
    GATEWAY,
    REGISTRATION_SERVICE,
    SESSION_SERVICE,
    NOTIFICATION_SERVICE,
    CACHE_SERVICE;

    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Service> titled(String title) {
        return Arrays.stream(values())
                .filter(service -> service.title().equals(title))
                .findFirst();
    }

    /** The variables that it lists itself. */
    public EnvironmentList list() {
        return EnvironmentList.read(new FileSystemResource(
                Repository.ROOT.resolve(title()).resolve("src/main/resources").resolve(EnvironmentList.FILE)));
    }

    public Set<String> required() {
        return list().variables().stream()
                .filter(EnvironmentVariable::required)
                .map(EnvironmentVariable::name)
                .collect(Collectors.toSet());
    }

    /** The variables that hold a secret. */
    public Set<String> secrets() {
        return list().variables().stream()
                .filter(variable -> variable.kind().isSecret())
                .map(EnvironmentVariable::name)
                .collect(Collectors.toSet());
    }

    /** Whether the service reads a variable of this name: listed, or a property in its environment form. */
    public boolean reads(String variable) {
        return list().variables().stream().anyMatch(listed -> listed.name().equals(variable))
                || Metadata.of(this).stream().anyMatch(property -> property.isSetBy(variable));
    }
}
