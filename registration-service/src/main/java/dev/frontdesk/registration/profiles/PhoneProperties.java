package dev.frontdesk.registration.profiles;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param region region whose national numbers may be written without a country code, as ISO 3166-1 alpha-2; blank means
 *     the default
 */
@ConfigurationProperties("frontdesk.registration.phone")
public record PhoneProperties(
        @DefaultValue(PhoneProperties.DEFAULT) String region) {

    private static final String DEFAULT = "TR";

    public PhoneProperties {
        region = region.isBlank() ? DEFAULT : region.strip().toUpperCase(Locale.ROOT);
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(region)) {
            throw new IllegalArgumentException(
                    "frontdesk.registration.phone.region must be an ISO 3166-1 region with telephone numbers, for example TR");
        }
    }
}
