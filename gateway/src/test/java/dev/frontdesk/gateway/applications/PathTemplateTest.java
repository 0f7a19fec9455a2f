package dev.frontdesk.gateway.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /a, false",
        "/shop, /shop, true",
        "/shop, /shop/, true",
        "/shop, /shop/a, false",
        "/shop, /Shop, false",
        "/shop, /shops, false",
        "/shop, /sho, false",
        "/shop/**, /shop, true",
        "/shop/**, /shop/, true",
        "/shop/**, /shop/a/b/c, true",
        "/shop/**, /shopping, false",
        "/shop/*, /shop/a, true",
        "/shop/*, /shop/, false",
        "/shop/*, /shop/a/, true",
        "/shop/*, /shop/a/b, false",
        "/shop/*/reviews, /shop/7/reviews, true",
        "/shop/*/reviews, /shop/7/review, false",
        "/**, /, true",
        "/**, /anything/else, true",
        "/*, /a, true",
        "/*, /, false",
    })
    void matches(String template, String path, boolean matches) {
        assertThat(PathTemplate.parse(template).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "shop", "/shop/", "//", "/a//b", "/**/a", "/a*", "/{id}", "/a;b", "/a%20b", "/..", "/./a", "/ü",
                "/a b"
            })
    void refuses(String text) {
        assertThatThrownBy(() -> PathTemplate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against all paths of up to four segments of a small alphabet. */
    @Test
    void knowsWhatOverlapsAndWhatCovers() {
        var random = new Random(20261130);
        List<String> paths = paths(4).toList();
        for (int i = 0; i < 2000; i++) {
            PathTemplate a = template(random);
            PathTemplate b = template(random);
            boolean both = paths.stream().anyMatch(path -> a.matches(path) && b.matches(path));
            boolean all = paths.stream().allMatch(path -> a.matches(path) || !b.matches(path));

            assertThat(a.overlaps(b)).as("%s overlaps %s", a.text(), b.text()).isEqualTo(both);
            assertThat(a.covers(b)).as("%s covers %s", a.text(), b.text()).isEqualTo(all);
            if (a.covers(b) && !b.covers(a)) {
                assertThat(PathTemplate.MOST_SPECIFIC_FIRST.compare(b, a))
                        .as("%s before %s", b.text(), a.text())
                        .isNegative();
            }
        }
    }

    private static Stream<String> paths(int most) {
        return most == 0
                ? Stream.of("/")
                : Stream.concat(
                        paths(most - 1),
                        paths(most - 1)
                                .filter(path -> path.equals("/")
                                        ? most == 1
                                        : path.chars().filter(c -> c == '/').count() == most - 1)
                                .flatMap(path -> Stream.of("a", "b", "c")
                                        .map(segment -> path.equals("/") ? "/" + segment : path + "/" + segment)));
    }

    private static PathTemplate template(Random random) {
        int length = random.nextInt(4);
        String text = IntStream.range(0, length)
                .mapToObj(i ->
                        List.of("a", "b", "*", i == length - 1 ? "**" : "*").get(random.nextInt(4)))
                .collect(Collectors.joining("/", "/", ""));
        return PathTemplate.parse(text);
    }
}
