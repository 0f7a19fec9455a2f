package dev.frontdesk.registration.profiles;

import dev.frontdesk.kit.values.TypedText;

/** A first or a last name: 1 to 100 characters that can be seen, in NFC. Everything else is a name, whatever it looks like. */
public record PersonName(String value) {

    private static final TypedText RULE = TypedText.line(100);

    /** More than any name that was ever accepted has, in UTF-16 units. */
    private static final int LONGEST_STORED = 512;

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PersonName {
        value = RULE.read(value);
    }

    /** What was accepted once, whatever is accepted today: without what a name may not have by now. */
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
