package dev.frontdesk.registration.profiles;

import dev.frontdesk.kit.values.TypedText;

/** A first or last name: 1 to 100 visible characters, in NFC. There are no other rules. */
public record PersonName(String value) {

    private static final TypedText RULE = TypedText.line(100);

    /** In UTF-16 units; more than any name that was ever accepted has. */
    private static final int LONGEST_STORED = 512;

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PersonName {
        value = RULE.read(value);
    }

    /** Reads a stored name, whatever the rules are now: characters that are no longer allowed are removed. */
    public static PersonName stored(String name) {
        try {
            return new PersonName(name);
        } catch (IllegalArgumentException fitOnceOnly) {
            String shown = TypedText.shown(name, LONGEST_STORED);
            return new PersonName(shown.isEmpty() ? "?" : shown);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
