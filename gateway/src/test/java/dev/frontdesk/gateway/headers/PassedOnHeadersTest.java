package dev.frontdesk.gateway.headers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedOnHeadersTest {

    private final HttpHeaders received = new DefaultHttpHeaders();

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
                "X-Forwarded-For",
                "x_forwarded_for",
                "X-Forwarded-Prefix",
                "Forwarded",
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
                "Origin_",
            })
    void removesWhatClaimsAnIdentity(String name) {
        received.set(name, "forged");
        received.set("X-Request-Id", "harmless");

        assertThat(sent().names()).containsExactly("X-Request-Id");
    }

    @Test
    void theGuideForOtherProxiesListsThem() throws IOException {
        String guide = Files.readString(Path.of("../docs/guides/forward-auth.md"));

        assertThat(Pattern.compile("proxy_set_header ([\\w-]+) \"\";")
                        .matcher(guide)
                        .results())
                .extracting(name -> name.group(1).replace("-", "").toLowerCase(Locale.ROOT))
                .containsAll(PassedOnHeaders.IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "X-API-Key",
                "x-api-key",
                "X-Tenant-Id",
                "Cookie",
                "x-csrf-token"
            })
    void endsCredentialsHere(String name) {
        received.set(name, "value");

        assertThat(sent().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin", "origin", "ORIGIN", "Sec-Fetch-Site", "User-Agent", "ACCEPT", "Idempotency-Key"})
    void passesOnWhatServicesRead(String name) {
        received.set(name, "value");

        assertThat(sent().get(name)).isEqualTo("value");
    }

    @Test
    void passesOnAllValuesInTheirOrder() {
        received.add("Accept-Language", "tr");
        received.add("X-Several", "a");
        received.add("Accept-Language", "en");

        assertThat(sent().getAll("Accept-Language")).containsExactly("tr", "en");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "Proxy-Authorization",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
            })
    void endsHopByHopHeadersHereInBothDirections(String name) {
        received.set(name, "close");

        assertThat(sent().isEmpty()).isTrue();
        assertThat(answered().isEmpty()).isTrue();
    }

    @Test
    void endsHereWhatConnectionNames() {
        received.add("Connection", "keep-alive, x-hop");
        received.add("Connection", "User-Agent");
        received.set("X-Hop", "for the gateway");
        received.set("User-Agent", "for the gateway");
        received.set("X-Stays", "for the service");

        assertThat(sent().names()).containsExactly("X-Stays");
        assertThat(answered().names()).containsExactly("X-Stays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "Expect", "traceparent", "TraceParent", "tracestate"})
    void leavesOutWhatIsSetAnew(String name) {
        received.set(name, "1");

        assertThat(sent().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Set-Cookie", "X-User-Id", "WWW-Authenticate"})
    void passesOnWhatAServiceSays(String name) {
        received.set(name, "1");

        assertThat(answered().get(name)).isEqualTo("1");
    }

    private HttpHeaders sent() {
        var sent = new DefaultHttpHeaders();
        PassedOnHeaders.ofRequest(received, sent);
        return sent;
    }

    private HttpHeaders answered() {
        var sent = new DefaultHttpHeaders();
        PassedOnHeaders.ofResponse(received, sent);
        return sent;
    }
}
