package dev.frontdesk.deployment.services;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A configuration property from the metadata. */
public record Property(String name, String type, @Nullable String defaultValue) {

    /**
     * Relaxed binding: dots become underscores, hyphens are removed, letters become upper case; below a map or list
     * there is more.
     */
    boolean isSetBy(String variable) {
        String form = name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
        return variable.equals(form)
                || (type.startsWith("java.util.Map") && variable.startsWith(form + "_"))
                || (type.startsWith("java.util.List") && variable.matches(form + "_\\d+(_.+)?"));
    }
}
