package dev.frontdesk.endtoend;

import static dev.frontdesk.contracts.access.Audience.ACCOUNTS;
import static dev.frontdesk.contracts.access.Audience.ACCOUNTS_AND_OPERATORS;
import static dev.frontdesk.contracts.access.Audience.ADMINISTRATORS;
import static dev.frontdesk.contracts.access.Audience.OPERATORS;
import static dev.frontdesk.contracts.access.Audience.OPERATOR_KEY;
import static dev.frontdesk.contracts.access.Audience.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.contracts.access.Audience;
import dev.frontdesk.contracts.access.Endpoint;
import dev.frontdesk.contracts.apikeys.Scope;
import dev.frontdesk.contracts.apikeys.Scope.Action;
import dev.frontdesk.contracts.apikeys.Scope.Area;
import dev.frontdesk.endtoend.document.ApiDocument;
import dev.frontdesk.endtoend.document.Operation;
import dev.frontdesk.endtoend.http.Answer;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Session;
import dev.frontdesk.endtoend.people.Tenant;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every endpoint of the table, through the gateway, as every kind of caller: with the ids of Ada, of her sessions and
 * entries.
 */
@WithStack
class PermissionsIT {

    /** It needs a ticket instead of a caller. */
    private static final Set<Endpoint> BY_TICKET = EnumSet.of(Endpoint.OPEN_SOCKET);

    /** These end the session that they are called with, or change its token. */
    private static final Set<Endpoint> LAST_OF_A_SESSION = EnumSet.of(Endpoint.LOG_OUT, Endpoint.REFRESH_SESSION);

    /** These can't know which accounts exist: an unknown account has no sessions, and has made no requests. */
    private static final Set<Endpoint> OF_ANY_ACCOUNT =
            EnumSet.of(Endpoint.LIST_SESSIONS_OF_ACCOUNT, Endpoint.SHOW_USAGE_OF_ACCOUNT);

    /** Every caller has widgets of its own, whatever their ids. */
    private static final String OF_THE_CALLER = "/api/v1/widgets/";

    /** With an unknown id; the gateway's own 404 has another text. */
    private static final Set<Endpoint> OF_WHAT_IS_NOT_THERE = EnumSet.of(
            Endpoint.SHOW_DEAD_LETTER,
            Endpoint.REPLAY_DEAD_LETTER,
            Endpoint.DOWNLOAD_REPORT,
            Endpoint.SHOW_CACHE_OPERATION,
            Endpoint.CANCEL_CACHE_OPERATION,
            Endpoint.DOWNLOAD_DOCUMENTATION_ASSET);

    private static final String QUEUE = "ai";
    private static final String HER_ENTRY = "ada's soup";
    private static final List<String> WIDGET = List.of("/state", "/data");
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    /** More than the default: this test sends a request to every endpoint. */
    private static final Map<String, Long> MANY =
            Map.of("per_minute", 10_000L, "per_hour", 10_000L, "per_day", 10_000L);

    private static final Scope PROFILE_READ = new Scope(Area.PROFILE, Action.READ);

    private final LocalStack stack;
    private final Gateway gateway;
    private final String[] operator;

    PermissionsIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.operator = new String[] {"X-API-Key", stack.operatorKey()};
    }

    /**
     * @param pending the id of a pending registration in Ada's tenant
     * @param job the id of a job in a queue of Ada's tenant
     * @param apiKey the id of a key of Ada's tenant
     */
    private record Hers(
            String account, Session session, Session other, String pending, String entry, String job, String apiKey) {

        String in(Endpoint endpoint) {
            return endpoint.path()
                    .replace("/limits/{kind}", "/limits/accounts")
                    .replace("{id}", idIn(endpoint.path()))
                    .replace("{queue}", QUEUE)
                    .replace("{role}", "auditor")
                    .replace("{namespace}", "menu")
                    .replace("{*key}", entry)
                    .replaceAll("\\{[a-z_]+}", UUID.randomUUID().toString());
        }

        private String idIn(String path) {
            if (path.startsWith("/api/v1/admin/tenants/")) {
                return Person.DEFAULT_TENANT;
            }
            if (path.startsWith("/api/v1/api-keys/") || path.startsWith("/api/v1/usage/api-keys/")) {
                return apiKey;
            }
            if (path.startsWith("/api/v1/queues/")) {
                return job;
            }
            if (path.startsWith(OF_THE_CALLER)) {
                return entry;
            }
            if (path.startsWith("/api/v1/sessions/")) {
                return other.id();
            }
            return path.contains("/pending-registrations/") ? pending : account;
        }
    }

    @Test
    void everyEndpointIsForItsAudienceAlone() {
        var ada = Person.withAccount(stack);
        var hers = belongingsOf(ada);
        String elsewhere = Tenant.created(stack).id();
        var bob = Person.withAccount(stack, elsewhere);
        var stranger = authorization(bob.logsIn());
        var strangeOperator = authorization(accountWith("operator", elsewhere));
        var strangeAdministrator = authorization(accountWith("administrator", elsewhere));
        var administrator = authorization(accountWith("administrator", Person.DEFAULT_TENANT));
        var powerless = key(Person.DEFAULT_TENANT, List.of("profile:read"));
        var strangeKey = key(elsewhere, everyScope());

        for (Endpoint endpoint : endpoints()) {
            refusesAnonymous(endpoint, hers);
            refusesOrdinaryAccounts(endpoint, hers);
            showsNothingToStrangers(endpoint, hers, stranger);
            showsNothingToStrangers(endpoint, hers, strangeOperator);
            showsNothingToStrangers(endpoint, hers, strangeAdministrator);
            refusesAdministratorsWhatIsForOperators(endpoint, hers, administrator);
            refusesTheOperatorWhatIsPersonal(endpoint, hers);
            refusesKeysWithoutTheScope(endpoint, hers, powerless);
            showsNothingToStrangers(endpoint, hers, strangeKey);
        }
        hasEverything(hers);
        for (Endpoint endpoint : endpoints()) {
            opensForAda(endpoint, hers, ada);
        }
        assertThat(patiently(hers.session()::list).json().get("sessions")).hasSize(1);
        for (Endpoint endpoint : endpoints()) {
            opensForAdministrators(endpoint, hers, administrator);
        }
        for (Endpoint endpoint : endpoints()) {
            opensForTheOperator(endpoint, hers);
        }
        for (Endpoint endpoint : endpoints()) {
            opensForKeysWithTheScope(endpoint, hers);
        }
    }

    /** Alone it may do nothing; together with Ada's session only what both may. */
    private void refusesKeysWithoutTheScope(Endpoint endpoint, Hers hers, String[] powerless) {
        var closed = refused(endpoint, 403, ACCOUNTS, ACCOUNTS_AND_OPERATORS, ADMINISTRATORS, OPERATORS, OPERATOR_KEY);
        expect(endpoint, hers, closed, powerless);
        if (!PROFILE_READ.equals(endpoint.scope())) {
            var session = authorization(hers.session());
            expect(endpoint, hers, closed, powerless[0], powerless[1], session[0], session[1]);
        }
    }

    /** With the one scope that the table names. What the callers before have deleted is not found. */
    private void opensForKeysWithTheScope(Endpoint endpoint, Hers hers) {
        if (endpoint.scope() != null && endpoint.audience() != ACCOUNTS && !LAST_OF_A_SESSION.contains(endpoint)) {
            var key = key(Person.DEFAULT_TENANT, List.of(endpoint.scope().text()));
            assertThat(send(endpoint, hers, key).status())
                    .as(endpoint.name())
                    .isNotIn(401, 403)
                    .isLessThan(500);
        }
    }

    private String[] key(String tenant, List<String> scopes) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("name", "test", "scopes", scopes, "limits", MANY));
        String key = gateway.post("/api/v1/api-keys", body, operator[0], operator[1], "X-Tenant-Id", tenant)
                .expect(201)
                .field("key");
        return new String[] {"X-API-Key", stack.mustNotTell(key)};
    }

    private static List<String> everyScope() {
        return Stream.of(Area.values())
                .map(area -> new Scope(area, Action.ADMINISTER).text())
                .toList();
    }

    private static List<Endpoint> endpoints() {
        return Stream.of(Endpoint.values())
                .filter(it -> !BY_TICKET.contains(it))
                // It would end the sessions that the others need.
                .sorted(Comparator.comparing(it -> it == Endpoint.REVOKE_OTHER_SESSIONS))
                .toList();
    }

    private Hers belongingsOf(Person ada) {
        var session = ada.logsIn();
        String account = session.get("/api/v1/users/me").expect(200).field("id");
        var waiting = Person.speaking(stack, "en");
        waiting.registers().expect(202);
        String pending = await().until(() -> pendingIdOf(waiting.email()), it -> !it.isEmpty());
        String entry = UUID.randomUUID().toString();
        session.put("/api/v1/cache/menu/" + entry, HER_ENTRY.getBytes(StandardCharsets.UTF_8))
                .expect(201);
        for (String part : WIDGET) {
            session.send("PUT", OF_THE_CALLER + entry + part, Map.of("data", HER_ENTRY))
                    .expect(201);
        }
        String job = gateway.post("/api/v1/queues/" + QUEUE + "/jobs", "{}", operator)
                .expect(201)
                .field("id");
        String apiKey = gateway.post("/api/v1/api-keys", "{\"name\":\"shop\",\"scopes\":[\"cache:write\"]}", operator)
                .expect(201)
                .field("id");
        return new Hers(account, session, ada.logsIn(), pending, entry, job, apiKey);
    }

    private String pendingIdOf(String email) {
        return gateway.get("/api/v1/admin/pending-registrations?limit=200", operator)
                .expect(200)
                .json()
                .get("pending_registrations")
                .valueStream()
                .filter(it -> it.get("email").asString().equals(email))
                .map(it -> it.get("id").asString())
                .findFirst()
                .orElse("");
    }

    private Session accountWith(String role, String tenant) {
        var person = Person.withAccount(stack, tenant);
        String id = person.logsIn().get("/api/v1/users/me").expect(200).field("id");
        gateway.put(
                        "/api/v1/admin/accounts/" + id + "/roles/" + role,
                        new byte[0],
                        operator[0],
                        operator[1],
                        "X-Tenant-Id",
                        tenant)
                .expect(204);
        return person.logsIn();
    }

    private void refusesAnonymous(Endpoint endpoint, Hers hers) {
        expect(endpoint, hers, refused(endpoint, 401, Audience.values()));
    }

    private void refusesOrdinaryAccounts(Endpoint endpoint, Hers hers) {
        if (!isForAccounts(endpoint)) {
            expect(
                    endpoint,
                    hers,
                    refused(endpoint, 403, ADMINISTRATORS, OPERATORS, OPERATOR_KEY),
                    authorization(hers.session()));
        }
    }

    private void refusesAdministratorsWhatIsForOperators(Endpoint endpoint, Hers hers, String[] administrator) {
        if (endpoint.audience() == OPERATORS || endpoint.audience() == OPERATOR_KEY) {
            expect(endpoint, hers, refused(endpoint, 403, OPERATORS, OPERATOR_KEY), administrator);
        }
    }

    private static boolean isForAccounts(Endpoint endpoint) {
        return switch (endpoint.audience()) {
            case EVERYONE, ACCOUNTS, ACCOUNTS_AND_OPERATORS -> true;
            case ADMINISTRATORS, OPERATORS, OPERATOR_KEY, SERVICES -> false;
        };
    }

    private void refusesTheOperatorWhatIsPersonal(Endpoint endpoint, Hers hers) {
        if (endpoint.audience() == ACCOUNTS || endpoint.audience() == SERVICES) {
            expect(endpoint, hers, refused(endpoint, 403, ACCOUNTS), operator);
        }
    }

    /** Empty for a public endpoint. */
    private static Set<Integer> refused(Endpoint endpoint, int status, Audience... closed) {
        return switch (endpoint.audience()) {
            case EVERYONE -> Set.of();
            // The gateway has no route there.
            case SERVICES -> Set.of(404);
            default -> Set.of(closed).contains(endpoint.audience()) ? Set.of(status) : Set.of();
        };
    }

    private void expect(Endpoint endpoint, Hers hers, Set<Integer> statuses, String... headers) {
        if (!statuses.isEmpty()) {
            assertThat(send(endpoint, hers, headers).status())
                    .as("%s %s", endpoint, List.of(headers).isEmpty() ? "" : headers[0])
                    .isIn(statuses);
        }
    }

    /** With her ids: not found, or forbidden. Without: the stranger's own data, and nothing of hers in it. */
    private void showsNothingToStrangers(Endpoint endpoint, Hers hers, String[] stranger) {
        if (LAST_OF_A_SESSION.contains(endpoint)) {
            return;
        }
        Answer answer = send(endpoint, hers, stranger);
        if (endpoint.path().contains("{id}")
                && !OF_ANY_ACCOUNT.contains(endpoint)
                && !endpoint.path().startsWith(OF_THE_CALLER)) {
            assertThat(answer.status()).as(endpoint.name()).isIn(403, 404);
        }
        assertThat(answer.status()).as(endpoint.name()).isLessThan(500);
        // A refusal may repeat the path of the request.
        if (answer.status() < 300) {
            assertThat(answer.text())
                    .as(endpoint.name())
                    .doesNotContain(
                            hers.account(),
                            hers.session().id(),
                            hers.other().id(),
                            hers.pending(),
                            hers.job(),
                            hers.apiKey(),
                            HER_ENTRY);
        }
    }

    private void hasEverything(Hers hers) {
        var sessions = patiently(hers.session()::list).expect(200).text();
        assertThat(sessions).contains(hers.session().id(), hers.other().id());
        var me = patiently(() -> hers.session().get("/api/v1/users/me")).expect(200);
        assertThat(me.field("id")).isEqualTo(hers.account());
        assertThat(patiently(() -> hers.session().get("/api/v1/cache/menu/" + hers.entry()))
                        .text())
                .isEqualTo(HER_ENTRY);
        for (String part : WIDGET) {
            assertThat(patiently(() -> hers.session().get(OF_THE_CALLER + hers.entry() + part))
                            .text())
                    .contains(HER_ENTRY);
        }
        assertThat(gateway.get("/api/v1/admin/pending-registrations?limit=200", operator)
                        .text())
                .contains(hers.pending());
        assertThat(gateway.get("/api/v1/admin/accounts?q=" + me.field("email"), operator)
                        .json()
                        .get("accounts")
                        .get(0)
                        .get("roles"))
                .isEmpty();
    }

    private void opensForAda(Endpoint endpoint, Hers hers, Person ada) {
        if (isForAccounts(endpoint)) {
            var session = LAST_OF_A_SESSION.contains(endpoint) ? ada.logsIn() : hers.session();
            isOpen(endpoint, send(endpoint, hers, authorization(session)));
        }
    }

    private void opensForAdministrators(Endpoint endpoint, Hers hers, String[] administrator) {
        if (endpoint.audience() == ADMINISTRATORS) {
            isOpen(endpoint, send(endpoint, hers, administrator));
        }
    }

    private void opensForTheOperator(Endpoint endpoint, Hers hers) {
        if (endpoint.audience() != ACCOUNTS && endpoint.audience() != SERVICES) {
            isOpen(endpoint, send(endpoint, hers, operator));
        }
    }

    /**
     * Done, or refused because of the request or the state, but not because of the caller. The operator's entry is
     * another one.
     */
    private static void isOpen(Endpoint endpoint, Answer answer) {
        if (OF_WHAT_IS_NOT_THERE.contains(endpoint)) {
            assertThat(answer.text()).as(endpoint.name()).contains(" not found");
            return;
        }
        assertThat(answer.status())
                .as("%s: %s", endpoint, answer.text())
                .isIn(
                        mayLackIt(endpoint)
                                ? List.of(200, 201, 202, 204, 400, 404)
                                : List.of(200, 201, 202, 204, 400, 409));
    }

    /**
     * Ada's tenant has no webhooks; anonymous callers get 401 there, which shows that the route exists. Her key, which an
     * administrator has revoked, has made no requests.
     */
    private static boolean mayLackIt(Endpoint endpoint) {
        return endpoint == Endpoint.SHOW_ENTRY
                || endpoint == Endpoint.SHOW_USAGE_OF_API_KEY
                || endpoint.path().startsWith("/api/v1/admin/routes/")
                || endpoint.path().startsWith("/api/v1/webhooks/")
                        && endpoint.path().contains("{");
    }

    /** A request that the limit refused is sent again later. */
    private Answer send(Endpoint endpoint, Hers hers, String... headers) {
        String type = endpoint == Endpoint.INTROSPECT_TOKEN ? "application/x-www-form-urlencoded" : "application/json";
        var all = Stream.concat(Stream.of("Content-Type", type), Stream.of(headers))
                .toArray(String[]::new);
        byte[] body = bodyOf(endpoint, hers);
        return patiently(() -> gateway.send(endpoint.method(), hers.in(endpoint), body, all));
    }

    private static Answer patiently(Callable<Answer> request) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .pollDelay(Duration.ZERO)
                .until(request, it -> it.status() != 429);
    }

    private static byte[] bodyOf(Endpoint endpoint, Hers hers) {
        if (endpoint == Endpoint.INTROSPECT_TOKEN) {
            return ("token=" + hers.session().token()).getBytes(StandardCharsets.UTF_8);
        }
        if (endpoint == Endpoint.CHECK_LIMIT) {
            return "{\"subject\":\"ada\",\"policy\":{\"name\":\"exports\",\"refill\":1,\"capacity\":1,\"per_day\":9}}"
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (endpoint == Endpoint.REPLAY_WEBHOOKS) {
            // Errors of the request itself are reported before the owner of the resource is checked.
            return "{\"from\":\"2026-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
        }
        return ApiDocument.read()
                        .operation(endpoint.method(), endpoint.path())
                        .filter(Operation::takesABody)
                        .isPresent()
                ? EMPTY_OBJECT
                : new byte[0];
    }

    private static String[] authorization(Session session) {
        return new String[] {"Authorization", "Bearer " + session.token()};
    }
}
