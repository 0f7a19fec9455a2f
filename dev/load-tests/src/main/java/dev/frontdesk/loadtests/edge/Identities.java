package dev.frontdesk.loadtests.edge;

import dev.frontdesk.contracts.http.Headers;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.kit.identity.IdentityAssertions;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.localstack.state.Secrets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;

/** Signs assertions as the gateway does. Each is valid for half a minute, longer than a round. */
final class Identities {

    static final TenantId TENANT = new TenantId("default");

    private static final String THIS_MACHINE = "127.0.0.1";

    private final IdentityAssertions assertions;

    Identities(Installation installation) {
        byte[] key = Base64.getDecoder().decode(installation.secret(Secrets.IDENTITY_KEY));
        this.assertions = new IdentityAssertions(new SecretKeySpec(key, "HmacSHA256"), Clock.systemUTC());
    }

    /** @return these headers and a new assertion */
    Map<String, String> headers(Caller caller, Map<String, String> more) {
        var headers = new TreeMap<>(more);
        headers.put(Headers.IDENTITY, assertions.sign(caller, THIS_MACHINE));
        return headers;
    }
}
