package dev.frontdesk.gateway.limits;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Constants as requests and responses write them. */
final class Word {

    private Word() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a message that may be shown */
    static <E extends Enum<E>> E in(E[] constants, String word) {
        return Stream.of(constants)
                .filter(constant -> of(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        Stream.of(constants).map(Word::of).collect(Collectors.joining(", ", "must be one of ", ""))));
    }
}
