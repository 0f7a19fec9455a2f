package dev.frontdesk.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.deployment.services.Repository;
import dev.frontdesk.kit.environment.VariableType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every text that looks like a key in a document, manifest or script is one that services refuse outside a local
 * installation.
 */
class NoUsableKeysTest {

    private static final Pattern KEY = Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/]{43}=");
    private static final Pattern OPERATOR_KEY = Pattern.compile("fdo_[A-Za-z0-9_-]{43}");

    /** Not published: files of a build, a checkout and dev/make-secrets, and code, which is not a document. */
    private static final Set<String> NOT_READ = Set.of("target", ".git", ".frontdesk", "src", ".env", "secrets.env");

    @Test
    void noKeyInTheRepositoryWouldBeTaken() {
        assertThat(texts().flatMap(file ->
                        usableKeysIn(Repository.text(file)).stream().map(_ -> file)))
                .isEmpty();
    }

    @Test
    void seesARandomKey() {
        assertThat(usableKeysIn("KEY=Wm9q3yT1uK8vX2cB7nR4sL6dF0gH5jP9aQeZxCtYiOo="))
                .hasSize(1);
        assertThat(usableKeysIn("fdo_Wm9q3yT1uK8vX2cB7nR4sL6dF0gH5jP9aQeZxCtYiOo"))
                .hasSize(1);
        assertThat(
                        usableKeysIn(
                                "fdo_kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk and AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
                .isEmpty();
    }

    private static List<String> usableKeysIn(String text) {
        var usable = new ArrayList<String>();
        find(KEY, text)
                .filter(key -> VariableType.SECRET_KEY.fault(key).isEmpty())
                .forEach(usable::add);
        find(OPERATOR_KEY, text)
                .filter(key -> VariableType.SECRET_OPERATOR_KEY.fault(key).isEmpty())
                .forEach(usable::add);
        return usable;
    }

    private static Stream<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group());
    }

    private static Stream<Path> texts() {
        return Repository.filesIn(Repository.ROOT).stream().filter(file -> {
            for (Path part : Repository.ROOT.relativize(file)) {
                if (NOT_READ.contains(part.toString())) {
                    return false;
                }
            }
            return true;
        });
    }
}
