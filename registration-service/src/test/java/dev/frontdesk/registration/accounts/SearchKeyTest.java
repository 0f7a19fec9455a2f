package dev.frontdesk.registration.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchKeyTest {

    @ParameterizedTest
    @CsvSource({
        "İbrahim, ibrahim",
        "IBRAHIM, İbrahim",
        "ıbrahım, İBRAHİM",
        "i\u0307brahim, İbrahim",
        "I\u0307BRAHIM, ibrahim",
        "İNÖNÜ, inönü",
        "I\u0307NO\u0308NU\u0308, İnönü",
        "ΟΔΥΣΣΕΥΣ, Οδυσσευς",
        "Οδυσσεύς, ΟΔΥΣΣΕΎΣ",
        "Ａｄａ, ada",
        "ｶﾞﾗｼｱ, ガラシア",
        "ﬁona, FIONA",
        "Straße, STRASSE",
        "STRAẞE, strasse",
        "علی\u200Cرضا, علیرضا",
        "葛\uDB40\uDD00城, 葛城",
        "Ada\u00A0\u3000Maria, ada maria",
        "Ǆemal, ǆemal",
        "ᎠᎳᎩ, ꭰꮃꭹ",
    })
    void isOneForAllSpellings(String name, String other) {
        assertThat(SearchKey.of(name)).isEqualTo(SearchKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({"sukru, şükrü", "anna, ana", "王, 玉"})
    void tellsOtherNamesApart(String name, String other) {
        assertThat(SearchKey.of(name)).isNotEqualTo(SearchKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "ada@xn--bcher-kva.example, ada@bücher.example",
        "ada@xn--bcher-kva.example, ADA@BÜCHER.example",
        "ada@xn--bcher-kva.example, ada@bu\u0308cher。example",
        "ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
        "ada@xn--r8jz45g.xn--zckzah, ada@例え.テスト",
        "ada@example.com, Ａda@ＥXAMPLE.com",
    })
    void isOneForBothFormsOfADomain(String stored, String typed) {
        assertThat(SearchKey.ofAddress(stored)).isEqualTo(SearchKey.ofAddress(typed));
    }

    @Test
    void beginsAsItsTextBegins() {
        assertThat(SearchKey.ofAddress("ada@xn--bcher-kva.example").value())
                .startsWith(SearchKey.ofAddress("ada@büch").value())
                .startsWith(SearchKey.ofAddress("ada").value());
        assertThat(SearchKey.of("İbrahim Bey").value())
                .startsWith(SearchKey.of("IBRAHIM b").value());
    }

    /** Every code point that has other forms or another case. */
    @Test
    void isTheSameForEveryCaseAndForm() {
        assertThat(IntStream.rangeClosed(1, 0x3FFFF)
                        .filter(it -> Character.getType(it) != Character.SURROGATE)
                        .filter(it -> hasOthers(Character.toString(it)))
                        .filter(it -> !isOneForAllOf(Character.toString(it)))
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }

    private static boolean hasOthers(String text) {
        return !text.equals(text.toLowerCase(Locale.ROOT))
                || !text.equals(text.toUpperCase(Locale.ROOT))
                || !Normalizer.isNormalized(text, Normalizer.Form.NFKD);
    }

    private static boolean isOneForAllOf(String text) {
        String key = SearchKey.of(text).value();
        return key.equals(SearchKey.of(key).value())
                && key.equals(SearchKey.of(text.toLowerCase(Locale.ROOT)).value())
                && key.equals(SearchKey.of(text.toUpperCase(Locale.ROOT)).value())
                && key.equals(SearchKey.of(Normalizer.normalize(text, Normalizer.Form.NFD))
                        .value())
                && key.equals(SearchKey.of(Normalizer.normalize(text, Normalizer.Form.NFKC))
                        .value());
    }

    @Test
    void isNotLong() {
        assertThat(SearchKey.of("a".repeat(1000)).value()).hasSize(200);
        assertThat(SearchKey.of("a".repeat(199) + "😀").value()).hasSize(199);
        assertThat(SearchKey.of("\u200B \u3164").value()).isEmpty();
    }
}
