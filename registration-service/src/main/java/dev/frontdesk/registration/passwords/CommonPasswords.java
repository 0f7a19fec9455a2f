package dev.frontdesk.registration.passwords;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/** The passwords that everybody who guesses tries first, whatever their case. */
final class CommonPasswords {

    private final Set<String> lowerCase;

    private CommonPasswords(Set<String> lowerCase) {
        this.lowerCase = lowerCase;
    }

    /** Those of {@code resources/passwords/common.txt}, kept in memory: some tens of kilobytes. */
    static CommonPasswords bundled() {
        try {
            String text = new ClassPathResource("passwords/common.txt").getContentAsString(StandardCharsets.UTF_8);
            return new CommonPasswords(text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "))
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    boolean contain(Password password) {
        return lowerCase.contains(password.value().toLowerCase(Locale.ROOT));
    }
}
