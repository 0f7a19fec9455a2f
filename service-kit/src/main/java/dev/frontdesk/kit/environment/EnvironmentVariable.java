package dev.frontdesk.kit.environment;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/**
 * One line of a service's list.
 *
 * @param required whether it is required outside a developer's machine; on such a machine, the service has a default or
 *     reports itself what is missing
 */
public record EnvironmentVariable(String name, boolean required, VariableType kind) {

    /** @param text {@code required secret-key} or {@code optional port} */
    static EnvironmentVariable of(String name, String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 2 || !(words[0].equals("required") || words[0].equals("optional"))) {
            throw new IllegalArgumentException(name + ": 'required' or 'optional' and a kind, not '" + text + "'");
        }
        return new EnvironmentVariable(name, words[0].equals("required"), VariableType.of(words[1]));
    }

    /**
     * What a key is for: {@code FRONTDESK_IDENTITY_KEY} and {@code FRONTDESK_IDENTITY_ACCEPTEDKEY} have the same
     * purpose.
     */
    String purpose() {
        return name.replaceFirst("_(ACCEPTED)?KEY$", "");
    }

    /**
     * Null if the variable is missing or blank. A FRONTDESK_ variable may also be set as the corresponding property.
     */
    @Nullable String valueIn(PropertyResolver environment) {
        String value = environment.getProperty(name);
        if (value == null && name.startsWith("FRONTDESK_")) {
            value = environment.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        }
        return value == null || value.isBlank() ? null : value;
    }
}
