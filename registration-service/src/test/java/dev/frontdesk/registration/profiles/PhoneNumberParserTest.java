package dev.frontdesk.registration.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberParserTest {

    private static final PhoneNumberParser TURKEY = parserOf("TR");

    @ParameterizedTest
    @CsvSource(textBlock = """
            TR | 5551234567              | +905551234567
            TR | 05551234567             | +905551234567
            TR | 0 (555) 123 45 67       | +905551234567
            TR | 0555-123-45-67          | +905551234567
            TR | 0555/123.45.67          | +905551234567
            TR | 905551234567            | +905551234567
            TR | 00905551234567          | +905551234567
            TR | 444 1 234               | +904441234
            US | 555-123-4567            | +15551234567
            US | 1 (555) 123-4567        | +15551234567
            US | 011 90 555 123 45 67    | +905551234567
            GB | 020 7946 0958           | +442079460958
            IT | 06 1234 5678            | +390612345678
            """, delimiter = '|')
    void takesANationalNumberInTheRegion(String region, String typed, String number) {
        assertThat(parserOf(region).parse(typed).value()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            +905551234567             | +905551234567
            '  +90 555 123-45.67 '    | +905551234567
            (+90) 555 123 45 67       | +905551234567
            +90 (0) 555 123 45 67     | +905551234567
            +1 (555) 010-0000         | +15550100000
            +49 30 123456             | +4930123456
            +290 2 2222               | +29022222
            +800 1234 5678            | +80012345678
            """, delimiter = '|')
    void takesAnInternationalNumberOfAnyCountry(String typed, String number) {
        assertThat(TURKEY.parse(typed).value()).isEqualTo(number);
        assertThat(parserOf("US").parse(typed).value()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "٥٥٥١٢٣٤٥٦٧",
                "+٩٠٥٥٥١٢٣٤٥٦٧",
                "\uFF0B\uFF19\uFF10 \uFF08555\uFF09 123\u201045\u221267",
                "\u202A+90\u00A0555\u2007123\u30004567\u202C",
                "\u200E+90 555 123 4567"
            })
    void takesDigitsAndPunctuationOfAnyScript(String typed) {
        assertThat(TURKEY.parse(typed).value()).isEqualTo("+905551234567");
    }

    /** Its length is valid; whether it is assigned does not matter. */
    @ParameterizedTest
    @ValueSource(strings = {"+901111111111", "1111111111", "+12001234567"})
    void takesANumberThatIsNotAssigned(String typed) {
        assertThat(TURKEY.parse(typed).value()).startsWith("+").doesNotContain(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "x",
                "555",
                "55512345678901",
                "+123456",
                "+1234567890123456",
                "+999123456789",
                "+0905551234",
                "++905551234567",
                "+90+5551234567",
                "5551234567 ext. 12",
                "5551234567x12",
                "5551234567;ext=12",
                "5551234567#12",
                "5551234567,,12",
                "tel:+905551234567",
                "555-KALEM-67",
                "+90555abc4567",
                "call 5551234567",
                "555\n1234567",
                "555\u00001234567",
                "555\u200B1234567",
                "*5551234567"
            })
    void refusesWhatNoRegionMakesANumberAndWhatHasMoreThanANumber(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TURKEY.parse(typed))
                .withMessage("must be a telephone number without an extension, for example +905551234567");
    }

    @Test
    void readsNoFurtherThanANumberCanBe() {
        assertThat(TURKEY.parse(" ".repeat(54) + "5551234567").value()).isEqualTo("+905551234567");
        assertThatIllegalArgumentException().isThrownBy(() -> TURKEY.parse(" ".repeat(55) + "5551234567"));
    }

    /** A returned number can be sent back, and means the same in every region. */
    @ParameterizedTest
    @ValueSource(strings = {"TR", "US", "IT", "DE", "XK"})
    void readsWhatItHasWritten(String region) {
        assertThat(parserOf(region).parse("+390612345678").value()).isEqualTo("+390612345678");
        assertThat(parserOf(region).parse("+905551234567").value()).isEqualTo("+905551234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "TR", "tr", " tr "})
    void isInTurkeyByDefault(String region) {
        assertThat(new PhoneProperties(region).region()).isEqualTo("TR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"T", "TUR", "90", "+90", "ZZ", "AQ", "001", "tr-TR"})
    void refusesWhatIsNoRegion(String region) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhoneProperties(region))
                .withMessageContaining("frontdesk.registration.phone.region")
                .withMessageNotContaining(region + " ");
    }

    private static PhoneNumberParser parserOf(String region) {
        return new PhoneNumberParser(new PhoneProperties(region));
    }
}
