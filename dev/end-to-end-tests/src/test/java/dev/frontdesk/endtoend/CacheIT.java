package dev.frontdesk.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.endtoend.http.Gateway;
import dev.frontdesk.endtoend.people.Person;
import dev.frontdesk.endtoend.people.Tenant;
import dev.frontdesk.endtoend.stack.LocalStack;
import dev.frontdesk.endtoend.stack.WithStack;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The cache, for an application's servers and for its users. */
@WithStack
class CacheIT {

    private static final int LARGEST = 1_048_576;

    private final LocalStack stack;
    private final Gateway gateway;
    private final String[] operator;
    private final String path = "/api/v1/cache/menu/" + UUID.randomUUID();

    CacheIT(LocalStack stack) {
        this.stack = stack;
        this.gateway = new Gateway(stack.gatewayUrl());
        this.operator = new String[] {"X-API-Key", stack.operatorKey()};
    }

    @Test
    void keepsWhatAnApplicationPuts() {
        gateway.put(path + "?ttl_seconds=60", utf8("{\"soup\":\"çorba\"}"), with("Content-Type", "application/json"))
                .expect(201);

        var answer = gateway.get(path, operator).expect(200);
        assertThat(answer.text()).isEqualTo("{\"soup\":\"çorba\"}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).contains("private", "max-age=");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(gateway.get(path, with("If-None-Match", answer.header("ETag")))
                        .status())
                .isEqualTo(304);

        gateway.delete(path, operator).expect(204);
        gateway.get(path, operator).expectProblem(ProblemType.NOT_FOUND);
    }

    @Test
    void takesOneMegabyteAndNotAByteMore() {
        var largest = new byte[LARGEST];
        new Random(7).nextBytes(largest);

        gateway.put(path, largest, operator).expect(201);
        assertThat(gateway.get(path, operator).body()).isEqualTo(largest);

        gateway.put(path + "-more", new byte[LARGEST + 1], operator).expectProblem(ProblemType.PAYLOAD_TOO_LARGE);
        gateway.put(path + "-more", new byte[8 * LARGEST], operator).expectProblem(ProblemType.PAYLOAD_TOO_LARGE);
        gateway.get(path + "-more", operator).expectProblem(ProblemType.NOT_FOUND);
    }

    @Test
    void hidesEntriesOfOtherOwners() {
        var ada = Person.withAccount(stack);
        var here = ada.logsIn();
        var there = ada.logsIn();
        var bob = Person.withAccount(stack).logsIn();

        gateway.put(path, utf8("the application's"), operator).expect(201);
        here.put(path, utf8("ada's")).expect(201);

        assertThat(gateway.get(path, operator).text()).isEqualTo("the application's");
        assertThat(there.get(path).text()).isEqualTo("ada's");
        bob.get(path).expectProblem(ProblemType.NOT_FOUND);
        bob.delete(path).expect(404);
        gateway.get(path, with("X-Tenant-Id", Tenant.created(stack).id())).expectProblem(ProblemType.NOT_FOUND);
        assertThat(there.get(path).text()).isEqualTo("ada's");
    }

    @Test
    void countsReadsSeveralAndInvalidates() {
        String namespace = "/api/v1/cache/n" + UUID.randomUUID();
        gateway.post(namespace + "/views/increment", "{\"amount\":9007199254740993}", operator)
                .expect(200);
        gateway.post(
                        namespace + "/mset",
                        "{\"entries\":[{\"key\":\"a:1\",\"value\":[1.50]},{\"key\":\"a:2\",\"text\":\"x\"}]}",
                        operator)
                .expect(200);
        gateway.put(namespace + "/tagged", utf8("x"), with("Cache-Tag", "menu, soups"))
                .expect(201);

        var several = gateway.post(namespace + "/mget", "{\"keys\":[\"views\",\"a:1\",\"none\"]}", operator)
                .expect(200);
        assertThat(several.text()).contains("\"value\":9007199254740993,", "\"value\":[1.50],", "\"found\":false");
        var head =
                gateway.send("HEAD", namespace + "/a:1", new byte[0], operator).expect(200);
        assertThat(head.header("Content-Length")).isEqualTo("6");
        assertThat(head.body()).isEmpty();

        gateway.send(
                        "PATCH",
                        namespace + "/a:1/ttl",
                        utf8("{\"ttl_seconds\":60}"),
                        with("Content-Type", "application/json"))
                .expect(200);
        assertThat(gateway.get(namespace + "/a:1/ttl", operator)
                        .json()
                        .get("ttl_seconds")
                        .asInt())
                .isBetween(1, 60);
        assertThat(gateway.delete(namespace + "?pattern=a:*", operator)
                        .expect(200)
                        .text())
                .isEqualTo("{\"deleted\":2}");
        gateway.post(namespace + "/invalidate", "{\"tags\":[\"soups\"]}", operator)
                .expect(204);
        gateway.get(namespace + "/tagged", operator).expect(404);
        gateway.get(namespace + "/views", operator).expect(200);
        gateway.post(namespace + "/invalidate", "{}", operator).expect(204);
        gateway.get(namespace + "/views", operator).expect(404);
    }

    /** As much as one entry, and a little for the names. */
    @Test
    void storesSeveralUpToOneMegabyte() {
        String namespace = "/api/v1/cache/n" + UUID.randomUUID();
        String half = "x".repeat(LARGEST / 2);
        gateway.post(
                        namespace + "/mset",
                        "{\"entries\":[{\"key\":\"a\",\"text\":\"%s\"},{\"key\":\"b\",\"text\":\"%s\"}]}"
                                .formatted(half, half),
                        operator)
                .expect(200);
        gateway.post(
                        namespace + "/mset",
                        "{\"entries\":[{\"key\":\"c\",\"text\":\"%s\"}]}".formatted("x".repeat(1_200_000)),
                        operator)
                .expectProblem(ProblemType.PAYLOAD_TOO_LARGE);
    }

    @Test
    void keepsNothingForEver() {
        gateway.put(path, utf8("x"), operator).expect(201);
        gateway.put(path + "?ttl_seconds=0", utf8("x"), operator).expectProblem(ProblemType.INVALID_REQUEST);
        gateway.put(path + "?tll=5", utf8("x"), operator).expectProblem(ProblemType.INVALID_REQUEST);

        assertThat(stack.redis().timesToLive("frontdesk:local:*:cache:*").values())
                .isNotEmpty()
                .allMatch(Duration::isPositive);
    }

    private String[] with(String name, String value) {
        return new String[] {operator[0], operator[1], name, value};
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
