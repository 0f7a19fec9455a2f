package dev.frontdesk.contracts.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.access.Endpoint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScopesTest {

    @Test
    void anActionIncludesTheLowerOnesOfItsArea() {
        var scopes = Scopes.known(List.of("cache:write", "api-keys:administer"));
        assertThat(Stream.of("cache:read", "cache:write", "api-keys:read", "api-keys:write", "api-keys:administer"))
                .allMatch(it -> scopes.allow(scope(it)));
        assertThat(Stream.of("cache:administer", "jobs:read")).noneMatch(it -> scopes.allow(scope(it)));
    }

    @Test
    void leavesOutWhatThisVersionDoesNotKnow() {
        assertThat(Scopes.known(List.of(
                                "jobs:read", "cache:write", "cache:write", "time:travel", "cache", "CACHE:READ"))
                        .texts())
                .containsExactly("cache:write", "jobs:read");
    }

    @Test
    void oneSetOfScopesMayIncludeAnother() {
        var scopes = Scopes.known(List.of("cache:write", "jobs:read"));
        assertThat(scopes.includeAll(Scopes.known(List.of("cache:read", "jobs:read"))))
                .isTrue();
        assertThat(scopes.includeAll(Scopes.known(List.of("cache:read", "jobs:write"))))
                .isFalse();
    }

    @Test
    void onlyOperatorsGiveWhatOnlyTheyMayDo() {
        assertThat(Stream.of("accounts:read", "audit:read", "dead-letters:administer"))
                .allMatch(it -> Endpoint.isForOperators(scope(it)));
        assertThat(Stream.of("cache:administer", "jobs:write", "api-keys:administer", "profile:administer"))
                .noneMatch(it -> Endpoint.isForOperators(scope(it)));
    }

    private static Scope scope(String text) {
        return Scope.parse(text).orElseThrow();
    }
}
