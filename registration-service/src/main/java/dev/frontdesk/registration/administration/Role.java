package dev.frontdesk.registration.administration;

import java.util.regex.Pattern;

/** The name of what an account may be in its tenant: one that Frontdesk knows, such as {@code operator}, or the application's own. */
record Role(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    Role {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 32 lower-case letters, digits and hyphens, a letter first");
        }
    }
}
