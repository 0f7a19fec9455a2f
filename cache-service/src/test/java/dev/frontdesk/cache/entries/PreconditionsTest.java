package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.kit.web.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class PreconditionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            *                          ; *
            "a"                        ; "a"
            W/"a"                      ; W/"a"
            ""                         ; ""
            "*"                        ; "*"
            "a", "b"                   ; "a"|"b"
            "a","b"                    ; "a"|"b"
            ,, "a" ,, W/"b" ,          ; "a"|W/"b"
            "a,b" , "c"                ; "a,b"|"c"
            "W/a"                      ; "W/a"
            "a\\"                      ; "a\\"
            """)
    void readsTagsAsTheyAreWritten(String header, String tags) {
        assertThat(match(header)).containsExactly(tags.split("\\|"));
    }

    @Test
    void readsEveryCharacterThatATagMayHave() {
        String tag = IntStream.rangeClosed(0x21, 0xFF)
                .filter(c -> c != '"' && c != 0x7F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(match('"' + tag + '"')).containsExactly('"' + tag + '"');
    }

    @Test
    void readsSeveralLinesAsOneList() {
        var headers = new HttpHeaders();
        headers.addAll("If-Match", List.of("\"a\"", "\"b\", \"c\""));
        assertThat(Preconditions.of(headers).match()).containsExactly("\"a\"", "\"b\"", "\"c\"");
        assertThat(Preconditions.of(headers).noneMatch()).isEmpty();
    }

    @Test
    void comparesWeaklyForIfNoneMatchAlone() {
        var headers = new HttpHeaders();
        headers.set("If-Match", "W/\"a\"");
        headers.set("If-None-Match", "W/\"a\", \"b\"");
        var conditions = Preconditions.of(headers);
        assertThat(conditions.noneMatchText()).isEqualTo("\"a\" \"b\"");
        assertThat(conditions.matchText()).isEqualTo("W/\"a\"");
        assertThat(conditions.letRead(new Entry("text/plain", "\"a\"", new byte[0])))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a",
                "\"a",
                "a\"",
                "\"a\" \"b\"",
                "\"a\"\"b\"",
                "w/\"a\"",
                "W/ \"a\"",
                "W/a",
                "*, \"a\"",
                "\"a\", *",
                "**",
                "'a'",
                "\"a b\"",
                "\"a\"; \"b\""
            })
    void refusesWhatIsNoListOfTags(String header) {
        for (String name : List.of("If-Match", "If-None-Match")) {
            var headers = new HttpHeaders();
            headers.set(name, header);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> Preconditions.of(headers))
                    .satisfies(problem ->
                            assertThat(problem.getStatusCode().value()).isEqualTo(400));
        }
    }

    private static List<String> match(String header) {
        var headers = new HttpHeaders();
        headers.set("If-Match", header);
        return Preconditions.of(headers).match();
    }
}
