package dev.frontdesk.cache.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class EntriesPropertiesTest {

    private final EntriesProperties properties = properties("PT10S", "PT1M", "PT1H", 1024);

    @ParameterizedTest
    @CsvSource({"10, PT10S", "11, PT11S", "3600, PT1H", "0000010, PT10S"})
    void takesSecondsWithinTheBounds(String wanted, Duration ttl) {
        assertThat(properties.settings().ttl(wanted)).isEqualTo(ttl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9",
                "3601",
                "0",
                "-10",
                "+10",
                "10.0",
                "1e1",
                "",
                " 10",
                "ten",
                "PT10S",
                "٣٠",
                "99999999999999999999",
                "10,11",
                "null"
            })
    void refusesEverythingElse(String wanted) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> properties.settings().ttl(wanted))
                .satisfies(
                        problem -> assertThat(String.valueOf(problem.getBody().getProperties()))
                                .contains("field=ttl_seconds", "from 10 to 3600"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.5S, PT1M, PT1H, 1024",
        "PT0S, PT1M, PT1H, 1024",
        "PT2M, PT1M, PT1H, 1024",
        "PT1S, PT2H, PT1H, 1024",
        "PT1S, PT1M, PT1H, 0",
        "PT1S, PT1M, PT1H, 16777217"
    })
    void areCheckedAtTheStart(String minTtl, String defaultTtl, String maxTtl, long maxSize) {
        assertThatIllegalArgumentException().isThrownBy(() -> properties(minTtl, defaultTtl, maxTtl, maxSize));
    }

    private static EntriesProperties properties(String minTtl, String defaultTtl, String maxTtl, long maxSize) {
        return new EntriesProperties(
                Duration.parse(defaultTtl), Duration.parse(minTtl), Duration.parse(maxTtl), DataSize.ofBytes(maxSize));
    }
}
