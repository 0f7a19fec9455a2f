package dev.frontdesk.registration.profiles;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads a telephone number as users type it: international ({@code +90 555 123 45 67}), or national in the
 * installation's region ({@code 0555 123 45 67}, {@code 555-123-4567}). Its length must be possible in its country.
 * Whether the number is assigned is not checked, because that changes every month. Digits of any script are accepted.
 * Letters, and with them extensions, are refused: E.164 has no place for an extension, and a number without it would
 * reach another person.
 */
@Component
public final class PhoneNumberParser {

    /** Longer input is refused before any work is done on it. */
    private static final int MAX_INPUT = 64;

    /**
     * Spaces, hyphens and dashes, dots, brackets and slashes, also in full width; direction marks, which come with
     * copied text.
     */
    private static final Pattern PUNCTUATION = Pattern.compile(
            "[\\p{Zs}\\p{Pd}\\t.()\\[\\]/\\u2212\\uFF08\\uFF09\\uFF0E\\uFF0F\\u200E\\u200F\\u202A-\\u202C]");

    private static final Pattern DIGITS = Pattern.compile("[+\\uFF0B]?\\p{Nd}+");

    private static final String REFUSAL = "must be a telephone number without an extension, for example +905551234567";

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final String region;

    public PhoneNumberParser(PhoneProperties properties) {
        region = properties.region();
        loadAll();
    }

    /**
     * The library reads a country's data from a file when it first needs it. Loads all data now, so that this does not
     * block an event loop.
     */
    private void loadAll() {
        numbers.getSupportedRegions().forEach(numbers::getCountryCodeForRegion);
        numbers.getSupportedGlobalNetworkCallingCodes().forEach(numbers::getExampleNumberForNonGeoEntity);
    }

    /** @throws IllegalArgumentException with a message that does not repeat the input */
    public PhoneNumber parse(String typed) {
        if (typed.length() > MAX_INPUT) {
            throw refused();
        }
        String digits = PUNCTUATION.matcher(typed).replaceAll("");
        if (!DIGITS.matcher(digits).matches()) {
            throw refused();
        }
        try {
            var parsed = numbers.parse(digits, region);
            if (numbers.isPossibleNumberWithReason(parsed) != ValidationResult.IS_POSSIBLE) {
                throw refused();
            }
            var number = numbers.format(parsed, PhoneNumberFormat.E164);
            // Superfluous zeros can remain in a national number, and disappear when it is read as international.
            if (!numbers.parse(number, null).equals(parsed)) {
                throw refused();
            }
            return new PhoneNumber(number);
        } catch (NumberParseException | IllegalArgumentException noNumber) {
            throw refused();
        }
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException(REFUSAL);
    }
}
