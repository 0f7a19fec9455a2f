package dev.frontdesk.gateway.headers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class InboundHeadersTest {

    private final HttpHeaders headers = new HttpHeaders();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Frontdesk-Identity",
                "x-frontdesk-identity",
                "X_Frontdesk_Identity",
                "X.Frontdesk.Identity",
                "XFrontdeskIdentity",
                "X--Frontdesk--Identity",
                "X-Frontdesk_Identity",
                "X!Frontdesk~Identity",
                "X-Frontdesk-Identity-Anything",
                "X-User-Id",
                "X_User_Id",
                "X.User.Id",
                "x-user",
                "X-Account-ID",
                "X-Session-Id",
                "X-Roles",
                "Remote-User",
                "X-Forwarded-User",
                "X_Tenant_Id",
                "X.Tenant.Id",
                "X_API_Key",
                "X.Api.Key",
                "Authorization_",
                "X-Frontdesk-Session-Token",
                "X_Frontdesk_Cookies",
                "Cookie_",
                "X_CSRF_Token",
                "Sec_Fetch_Site",
            })
    void removesWhatClaimsAnIdentity(String name) {
        headers.set(name, "forged");
        headers.set("X-Request-Id", "harmless");

        InboundHeaders.clean(headers);

        assertThat(headers.headerNames()).containsExactly("X-Request-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "authorization", "X-API-Key", "x-api-key", "X-Tenant-Id", "x-tenant-ID"})
    void keepsWhatTheGatewayReadsItself(String name) {
        headers.set(name, "value");

        InboundHeaders.clean(headers);

        assertThat(headers.getFirst(name)).isEqualTo("value");
    }

    @Test
    void leavesNothingInConnectionThatCouldRemoveOurHeadersLater() {
        headers.add("Connection", "X-Frontdesk-Identity, traceparent");
        headers.add("Connection", "keep-alive, x_frontdesk_identity, X-Trace-Id");

        InboundHeaders.clean(headers);

        assertThat(headers.getConnection()).containsExactly("keep-alive");
    }

    @Test
    void removesConnectionWhenNothingOfItStays() {
        headers.add("Connection", "X-Frontdesk-Identity");

        InboundHeaders.clean(headers);

        assertThat(headers.headerNames()).isEmpty();
    }

    @Test
    void endsHereWhatIsForThisHopAlone() {
        headers.set("Connection", "X-Hop, Upgrade");
        headers.set("Upgrade", "websocket");
        headers.set("X-Hop", "for the gateway");

        InboundHeaders.clean(headers);

        assertThat(headers.containsHeader("X-Hop")).isFalse();
        assertThat(headers.getConnection()).containsExactly("upgrade");
        assertThat(headers.getUpgrade()).isEqualTo("websocket");
    }

    @Test
    void keepsCredentialsThatConnectionNames() {
        headers.set("Connection", "Authorization, x-tenant-id, cookie");
        headers.set("Authorization", "Bearer fds_1_secret");
        headers.set("Cookie", "a=b");
        headers.set("X-Tenant-Id", "acme");

        InboundHeaders.clean(headers);

        assertThat(headers.headerNames()).containsExactlyInAnyOrder("Authorization", "Cookie", "X-Tenant-Id");
    }
}
