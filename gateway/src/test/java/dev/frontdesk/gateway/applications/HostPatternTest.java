package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example, true",
        "Shop.Example, shop.example, true",
        "shop.example, a.shop.example, false",
        "shop.example, shop.example.evil, false",
        "*.example, shop.example, true",
        "*.example, a.b.example, true",
        "*.example, example, false",
        "*.example, .example, false",
        "*.example, evilexample, false",
        "*.shop.example, evilshop.example, false",
        "*.shop.example, a.shop.example.evil, false",
    })
    void matches(String pattern, String host, boolean matches) {
        assertThat(HostPattern.parse(pattern).matches(host)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "*.", "*.*.example", "a.*.example", "*example", "a:80", "-a.example", "a..b", "a_b"})
    void refuses(String text) {
        assertThatThrownBy(() -> HostPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsLongerThanAName() {
        String longest = "a.".repeat(126) + "a";

        assertThat(HostPattern.parse(longest).matches(longest)).isTrue();
        assertThatThrownBy(() -> HostPattern.parse("a." + longest)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comeInOrderWithTheMostSpecificFirst() {
        var any = HostPattern.ANY;
        var domain = HostPattern.parse("*.example");
        var longer = HostPattern.parse("*.shop.example");
        var name = HostPattern.parse("a.example");

        assertThat(Stream.of(any, domain, longer, name).sorted()).isEqualTo(List.of(name, longer, domain, any));
        assertThat(any.matches("")).isTrue();
    }
}
