package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.kit.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            user:*      ; user:1      ; true
            user:*      ; user:       ; true
            user:*      ; users:1     ; false
            user:*      ; a-user:1    ; false
            *           ; anything    ; true
            **          ; x           ; true
            *:1         ; user:1      ; true
            *:1         ; user:11     ; false
            u*r:*       ; user:1      ; true
            *a*b*c      ; xaxbxc      ; true
            *a*b*c      ; xaxcxb      ; false
            *ab         ; aab         ; true
            user:?      ; user:1      ; true
            user:?      ; user:       ; false
            user:?      ; user:12     ; false
            user:?      ; user:ğ      ; true
            user:?      ; user:😀      ; true
            user:[13]   ; user:3      ; true
            user:[13]   ; user:2      ; false
            user:[1-3]  ; user:2      ; true
            user:[3-1]  ; user:2      ; true
            user:[^1-3] ; user:2      ; false
            user:[^1-3] ; user:4      ; true
            [a-]        ; -           ; true
            []          ; a           ; false
            [^]         ; a           ; true
            [\\]]       ; ]           ; true
            [a\\-c]     ; b           ; false
            [a\\-c]     ; -           ; true
            [\\^a]      ; ^           ; true
            [+--]       ; ,           ; true
            a\\*b       ; a*b         ; true
            a\\*b       ; axb         ; false
            \\[a\\]     ; [a]         ; true
            a.c         ; abc         ; false
            (a+)+$      ; aaaa        ; false
            USER:*      ; user:1      ; false
            ]           ; ]           ; true
            """)
    void matchesAsRedisDoes(String pattern, String key, boolean matches) {
        assertThat(GlobPattern.of(pattern).matches(key)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "a[b", "[^", "[\\", "[a-", "[a\\]", "a\\", "a\u0000", "a\r\nb", "a\uFFFDb", "a\ud800"})
    void refusesWhatIsIncomplete(String pattern) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> GlobPattern.of(pattern))
                .matches(refused -> refused.isAbout("pattern"));
    }

    @Test
    void refusesMoreThan512Bytes() {
        GlobPattern.of("ğ".repeat(256));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> GlobPattern.of("ğ".repeat(256) + "a"));
    }

    /** With backtracking to each star, this would not end within a lifetime. */
    @Test
    void matchesInBoundedTime() {
        assertThat(GlobPattern.of("*a".repeat(255) + "*b").matches("a".repeat(512)))
                .isFalse();
    }
}
