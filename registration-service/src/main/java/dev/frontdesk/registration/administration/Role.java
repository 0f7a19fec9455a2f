package dev.frontdesk.registration.administration;

import java.util.regex.Pattern;

/**
 * The name of a role of an account in its tenant: one that Frontdesk defines, such as {@code operator}, or one of the
 * application.
 */
record Role(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    Role {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 32 lower-case letters, digits and hyphens, starting with a letter");
        }
    }
}
