package dev.frontdesk.kit.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** The variables that a service reads from its environment, listed in {@value #FILE} beside its application.yml. */
public record EnvironmentList(List<EnvironmentVariable> variables) {

    public static final String FILE = "frontdesk-environment.properties";

    private static final String ENV = "FRONTDESK_ENV";
    private static final String ENV_PROPERTY = "frontdesk.env";
    private static final Pattern ENV_FORM = Pattern.compile("[a-z0-9-]{1,32}");

    public EnvironmentList {
        variables = List.copyOf(variables);
    }

    public static EnvironmentList read(Resource file) {
        Properties lines;
        try {
            lines = PropertiesLoaderUtils.loadProperties(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new EnvironmentList(lines.stringPropertyNames().stream()
                .sorted()
                .map(name -> EnvironmentVariable.of(name, lines.getProperty(name)))
                .toList());
    }

    /** The list of the service that is starting; an application without one reads only FRONTDESK_ENV. */
    static EnvironmentList ofThisService() {
        var file = new ClassPathResource(FILE);
        return file.exists() ? read(file) : new EnvironmentList(List.of());
    }

    /** Everything that is missing or wrong, one short sentence each, without any value. */
    List<String> faultsIn(PropertyResolver environment) {
        var faults = new ArrayList<String>();
        String env = environment.getProperty(ENV_PROPERTY);
        if (env == null || env.isBlank()) {
            faults.add(ENV + " is missing");
        } else if (!ENV_FORM.matcher(env).matches()) {
            faults.add(ENV + " must be 1 to 32 characters of a-z, 0-9 and -");
        }
        boolean local = isLocal(env);
        for (EnvironmentVariable variable : variables) {
            if (!variable.name().equals(ENV)) {
                fault(variable, variable.valueIn(environment), local)
                        .ifPresent(fault -> faults.add(variable.name() + " " + fault));
            }
            if (variable.name().equals(RedisVariables.URL)) {
                faults.addAll(new RedisVariables(environment).faults(local));
            }
        }
        if (!local) {
            faults.addAll(sharedKeys(environment));
        }
        return faults;
    }

    /**
     * Whether this is a developer's machine, where example secrets and missing secrets do no harm. A missing value does
     * not mean local.
     */
    static boolean isLocal(@Nullable String env) {
        return env != null && (env.equals("local") || env.startsWith("local-"));
    }

    private static Optional<String> fault(EnvironmentVariable variable, @Nullable String value, boolean local) {
        if (value == null) {
            // RedisVariables checks whether Redis is configured in another way.
            return variable.required() && !local && !variable.name().equals(RedisVariables.URL)
                    ? Optional.of("is missing")
                    : Optional.empty();
        }
        return local ? variable.kind().formFault(value) : variable.kind().fault(value);
    }

    /**
     * Each key must be different, so that a leak of one does not reveal another. A key and its accepted key serve one
     * purpose and may be equal.
     */
    private List<String> sharedKeys(PropertyResolver environment) {
        var faults = new ArrayList<String>();
        Map<String, EnvironmentVariable> seen = new HashMap<>();
        for (EnvironmentVariable variable : variables) {
            String value = variable.valueIn(environment);
            if (value == null || variable.kind().formFault(value).isPresent()) {
                continue;
            }
            byte[] key = variable.kind().keyBytes(value);
            EnvironmentVariable other = key.length == 0 ? null : seen.putIfAbsent(Arrays.toString(key), variable);
            if (other != null && !other.purpose().equals(variable.purpose())) {
                faults.add(variable.name() + " must differ from " + other.name());
            }
        }
        return faults;
    }
}
