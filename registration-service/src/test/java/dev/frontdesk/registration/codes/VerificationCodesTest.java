package dev.frontdesk.registration.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.values.EmailAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationCodesTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final VerificationCode CODE = new VerificationCode("012345");

    private final VerificationCodes codes = new VerificationCodes(properties(key((byte) 1)));

    @Test
    void areSixDigitsEachEquallyLikely() {
        var random = new SecureRandom();
        int[][] seen = new int[6][10];
        int draws = 60_000;
        for (int i = 0; i < draws; i++) {
            String digits = VerificationCode.random(random).digits();
            for (int place = 0; place < 6; place++) {
                seen[place][digits.charAt(place) - '0']++;
            }
        }
        // 6000 of each are expected, with a standard deviation of 73: seven of them in both directions.
        for (int[] place : seen) {
            for (int count : place) {
                assertThat(count).isBetween(5_480, 6_520);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "713691",
                "713 691",
                " 713691 ",
                "713-691",
                "7-1-3-6-9-1",
                "713\u2013691",
                "713\u00A0691\n",
                "\u200E713\u202F691\u200B",
                "７１３６９１",
                "٧١٣٦٩١",
                "۷۱۳-۶۹۱",
                "७१३६९१",
                "𝟕𝟏𝟑𝟔𝟗𝟏"
            })
    void areReadAsTheyArePasted(String pasted) {
        assertThat(new VerificationCode(pasted).digits()).isEqualTo("713691");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12345",
                "1234567",
                "12345a",
                " 12345",
                "1 2 3 4 5 6 7",
                "-12345",
                "12345⑥",
                "一二三四五六",
                "+123456"
            })
    void haveSixDigits(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationCode(typed))
                .withMessage("must be six digits");
    }

    @Test
    void standForOneAddressOfOneTenant() {
        String hmac = codes.hmac(ACME, ADA, CODE);

        assertThat(hmac).matches("[0-9a-f]{64}").isEqualTo(codes.hmac(ACME, ADA, CODE));
        assertThat(codes.hmac(ACME, ADA, new VerificationCode("012346"))).isNotEqualTo(hmac);
        assertThat(codes.hmac(ACME, new EmailAddress("eve@example.com"), CODE)).isNotEqualTo(hmac);
        assertThat(codes.hmac(new TenantId("acme2"), ADA, CODE)).isNotEqualTo(hmac);
        assertThat(new VerificationCodes(properties(key((byte) 2))).hmac(ACME, ADA, CODE))
                .isNotEqualTo(hmac);
    }

    @Test
    void keepTenantAndAddressApart() {
        assertThat(codes.hmac(new TenantId("ab"), new EmailAddress("c@example.com"), CODE))
                .isNotEqualTo(codes.hmac(new TenantId("a"), new EmailAddress("bc@example.com"), CODE));
    }

    @Test
    void areNeverShown() {
        assertThat(CODE).hasToString("***");
        assertThat(properties(key((byte) 1)).toString()).doesNotContain(key((byte) 1));
    }

    @Test
    void needAKey() {
        for (@Nullable String key : new @Nullable String[] {null, "", "c2hvcnQ=", "not base64!"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> properties(key))
                    .withMessage("FRONTDESK_VERIFICATION_KEY must be base64 of 32 random bytes");
        }
    }

    @Test
    void claimOutlastsTheTransactionThatOpensTheAccount() {
        var limits = properties(key((byte) 1));

        limits.requireClaimLongerThan(Duration.ofSeconds(9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits.requireClaimLongerThan(Duration.ofSeconds(10)))
                .withMessageContaining("claim must be longer than");
    }

    private static String key(byte filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, filling);
        return Base64.getEncoder().encodeToString(key);
    }

    private static VerificationProperties properties(@Nullable String key) {
        return new VerificationProperties(
                key,
                Duration.ofHours(24),
                Duration.ofMinutes(10),
                5,
                25,
                20,
                5,
                Duration.ofSeconds(60),
                3,
                Duration.ofSeconds(10));
    }
}
