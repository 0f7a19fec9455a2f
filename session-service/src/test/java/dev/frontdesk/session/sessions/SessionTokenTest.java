package dev.frontdesk.session.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.kit.redis.Partition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class SessionTokenTest {

    private static final String SECRET = "aB3_".repeat(10) + "x-0";

    @Test
    void carriesItsPartitionAndItsSecret() {
        var token = SessionToken.generate(new Partition(17));

        assertThat(token.value()).matches("fds_17_[A-Za-z0-9_-]{43}");
        assertThat(token.partition()).isEqualTo(new Partition(17));
        assertThat(SessionToken.parse(token.value())).contains(token);
    }

    @Test
    void isNeverTheSameTwice() {
        var tokens = IntStream.range(0, 1000)
                .mapToObj(_ -> SessionToken.generate(new Partition(0)).value())
                .collect(Collectors.toSet());

        assertThat(tokens).hasSize(1000);
    }

    @Test
    void itsSuccessorDependsOnTokenAndSalt() {
        var token = new SessionToken("fds_17_" + SECRET);
        String salt = SessionToken.generateSalt();

        var successor = token.successor(salt);

        assertThat(successor.value()).matches("fds_17_[A-Za-z0-9_-]{43}");
        assertThat(successor).isEqualTo(token.successor(salt)).isNotEqualTo(token);
        assertThat(successor).isNotEqualTo(token.successor(SessionToken.generateSalt()));
        assertThat(successor)
                .isNotEqualTo(SessionToken.generate(new Partition(17)).successor(salt));
    }

    @Test
    void isStoredAsTheHashOfTheWholeOfIt() throws Exception {
        var token = new SessionToken("fds_17_" + SECRET);
        var sha256 = MessageDigest.getInstance("SHA-256").digest(token.value().getBytes(StandardCharsets.US_ASCII));

        assertThat(token.hash()).isEqualTo(HexFormat.of().formatHex(sha256));
        assertThat(token.hash()).isNotEqualTo(new SessionToken("fds_18_" + SECRET).hash());
    }

    @Test
    void showsItselfOnlyToItsHolder() {
        var token = new SessionToken("fds_17_" + SECRET);

        assertThat(token).asString().doesNotContain(SECRET).doesNotContain("17");
        assertThat(new JsonMapper().writeValueAsString(token)).isEqualTo("\"fds_17_" + SECRET + "\"");
    }

    static Stream<String> notTokens() {
        return Stream.of(
                "",
                "fds",
                "fds_17",
                "fds_17_",
                "fds__" + SECRET,
                "fds_64_" + SECRET,
                "fds_017_" + SECRET,
                "fds_-1_" + SECRET,
                "fds_1 _" + SECRET,
                "fds_999999999999_" + SECRET,
                "fds_17_" + SECRET + "A",
                "fds_17_" + SECRET.substring(1),
                "fds_17_" + SECRET.substring(1) + "=",
                "fds_17_" + SECRET.substring(1) + "+",
                "fds_17_" + SECRET.substring(1) + "é",
                "FDS_17_" + SECRET,
                " fds_17_" + SECRET,
                "fds_17_" + SECRET + "\n",
                "fds_١٧_" + SECRET,
                "fdo_17_" + SECRET,
                "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("notTokens")
    void refusesEverythingElse(String text) {
        assertThat(SessionToken.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionToken(text))
                .withMessage("Not a session token");
    }
}
