package dev.frontdesk.gateway.identity;

import dev.frontdesk.contracts.apikeys.ApiKeyText;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.gateway.apikeys.ApiKeys;
import reactor.core.publisher.Mono;

/** Session tokens and API keys that an application was shown; found as those of the gateway's own callers are. */
public final class ActiveTokens {

    private static final Runnable LOOK_UP = () -> {};

    private final Sessions sessions;
    private final ApiKeys apiKeys;

    ActiveTokens(Sessions sessions, ApiKeys apiKeys) {
        this.sessions = sessions;
        this.apiKeys = apiKeys;
    }

    /**
     * To find a token counts as a use of it. The caller bounds how often this is asked.
     *
     * @return empty for a token that is malformed, unknown, expired, revoked or of another tenant
     * @throws dev.frontdesk.kit.web.ProblemException 503 (as a signal) when nothing can say whether it is valid
     */
    public Mono<ActiveToken> find(String token, TenantId tenant) {
        if (Credential.isSessionToken(token)) {
            return sessions.find(token, LOOK_UP)
                    .filter(session -> session.caller().tenant().equals(tenant))
                    .map(session -> new ActiveToken(session.caller(), session.endsAt()));
        }
        return Mono.justOrEmpty(ApiKeyText.parse(token))
                .flatMap(key -> apiKeys.introspect(key, tenant))
                .map(key -> new ActiveToken(key.caller(), key.endsAt()));
    }
}
