package dev.frontdesk.session;

import static dev.frontdesk.testsupport.servers.Server.KAFKA;
import static dev.frontdesk.testsupport.servers.Server.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_FORM_URLENCODED;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;
import static org.springframework.http.MediaType.TEXT_PLAIN;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.contracts.identity.TenantId;
import dev.frontdesk.contracts.introspection.IntrospectionRequest;
import dev.frontdesk.kit.identity.Caller;
import dev.frontdesk.testsupport.servers.WithServers;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@RunningSessionService
@WithServers({REDIS, KAFKA})
class BadInputIT {

    private static final Caller ACCOUNT =
            new Caller.Account(TenantId.DEFAULT, UUID.randomUUID(), UUID.randomUUID(), Set.of());

    @Autowired
    private GatewayStub edge;

    @Autowired
    private RegistrationStub registration;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'email':'ada@example.org'}                                    | INVALID_REQUEST   | password",
                "{'password':'zx81zx81zx81'}                                    | INVALID_REQUEST   | email",
                "{}                                                             | INVALID_REQUEST   | email",
                "{'email':null,'password':'zx81zx81zx81'}                       | INVALID_REQUEST   | email",
                "{'email':'','password':'zx81zx81zx81'}                         | INVALID_REQUEST   | email",
                "{'email':17,'password':'zx81zx81zx81'}                         | INVALID_REQUEST   | email",
                "{'email':true,'password':'zx81zx81zx81'}                       | INVALID_REQUEST   | email",
                "{'email':['ada@example.org'],'password':'zx81zx81zx81'}        | INVALID_REQUEST   | email",
                "{'email':{'$ne':''},'password':'zx81zx81zx81'}                 | INVALID_REQUEST   | email",
                "{'email':'ada@example.org','password':8}                       | INVALID_REQUEST   | password",
                "{'email':'ada@example.org','password':'zx81','token':'fds_1'}  | INVALID_REQUEST   | token",
                "{'email':'ada@example.org','password':'zx81','roles':['x']}    | INVALID_REQUEST   | roles",
                "{'email':'ada@example.org','password':'zx81','tenant':'acme'}  | INVALID_REQUEST   | tenant",
                "{'Email':'ada@example.org','password':'zx81zx81zx81'}          | INVALID_REQUEST   | Email",
                "{'email':'a@b.cd','password':'zx81','device_token':'fds_1'}    | INVALID_REQUEST   | device_token",
                "{'email':'a@b.cd','password':'zx81','device_token':''}         | INVALID_REQUEST   | device_token",
                "{'email':'a@b.cd','password':'zx81','device_token':17}         | INVALID_REQUEST   | device_token",
                "{'email':'a@b.cd','password':'zx81','device_name':''}          | INVALID_REQUEST   | device_name",
                "{'email':'a@b.cd','password':'zx81','device_name':'a\u202Eb'} | INVALID_REQUEST   | device_name",
                "{'email':'a@b.cd','password':'zx81','device_name':'\u3164'}  | INVALID_REQUEST   | device_name",
                "{'email':'a@b.cd','password':'zx81','device_name':['a']}       | INVALID_REQUEST   | device_name",
                "{'email':'a@b.cd','password':'zx81','device_id':'1'}           | INVALID_REQUEST   | device_id",
                "{'email':'a@b.cd','password':'zx81','known_device':true}       | INVALID_REQUEST   | known_device",
                "{'email':'a@b.cd','password':'zx81','transport':'url'}         | INVALID_REQUEST   | transport",
                "{'email':'a@b.c','email':'ada@example.org','password':'zx81'}  | MALFORMED_REQUEST | zx81",
                "{'email':'ada@example.org','password':'zx81zx81zx81'           | MALFORMED_REQUEST | zx81",
                "{'email':'ada@example.org','password':'zx81'}{}                | MALFORMED_REQUEST | zx81",
                "[{'email':'ada@example.org','password':'zx81'}]                | MALFORMED_REQUEST | zx81",
                "'ada@example.org'                                              | MALFORMED_REQUEST | zx81",
                "null                                                           | MALFORMED_REQUEST | zx81",
                "email=ada@example.org&password=zx81                            | MALFORMED_REQUEST | zx81",
            })
    void aLoginThatIsNotOneIsRefusedBeforeAPasswordIsLookedAt(String body, ProblemType type, String field) {
        int before = registration.passwordsSeen();

        String answer = refused(login(body.replace('\'', '"')), type);

        if (type == ProblemType.INVALID_REQUEST) {
            assertThat(answer).contains("\"field\":\"" + field + "\"");
        }
        assertThat(answer).doesNotContain("zx81").doesNotContain("ada@").doesNotContain("fds_1");
        assertThat(registration.passwordsSeen()).isEqualTo(before);
    }

    @Test
    void anEmptyBodyIsMalformed() {
        refused(login(""), ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void aHugeBodyIsNotReadToItsEnd() {
        refused(login("{\"email\":\"" + "x".repeat(100_000) + "\"}"), ProblemType.PAYLOAD_TOO_LARGE);
    }

    @Test
    void onlyJsonIsTaken() {
        refused(
                anonymous()
                        .post()
                        .uri(GatewayStub.SESSIONS)
                        .contentType(TEXT_PLAIN)
                        .bodyValue("{}")
                        .exchange(),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        refused(anonymous().get().uri("/api/v1/sessions/none").exchange(), ProblemType.NOT_FOUND);
        for (String id : List.of("none", "1-1-1-1-1", UUID.randomUUID() + "0", "%00", "{id}")) {
            refused(
                    edge.as(ACCOUNT)
                            .delete()
                            .uri(GatewayStub.SESSIONS + "/{id}", id)
                            .exchange(),
                    ProblemType.NOT_FOUND);
        }
        refused(anonymous().put().uri(GatewayStub.SESSIONS).exchange(), ProblemType.METHOD_NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "token_type_hint=access_token | INVALID_REQUEST",
                "Token=fds_1                  | INVALID_REQUEST",
                "token=fds_1&token=fds_1      | INVALID_REQUEST",
                "{'token':'fds_1'}            | INVALID_REQUEST",
                "token=%zz                    | MALFORMED_REQUEST",
            })
    void anIntrospectionThatIsNotOneIsRefused(String body, ProblemType type) {
        assertThat(refused(introspect(APPLICATION_FORM_URLENCODED, body), type)).doesNotContain("fds_1");
    }

    @Test
    void anIntrospectionIsAForm() {
        refused(introspect(APPLICATION_FORM_URLENCODED, ""), ProblemType.INVALID_REQUEST);
        refused(introspect(TEXT_PLAIN, "token=fds_1"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
        refused(introspect(APPLICATION_JSON, "{\"token\":\"fds_1\"}"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
        refused(introspect(APPLICATION_FORM_URLENCODED, "token=" + "x".repeat(100_000)), ProblemType.PAYLOAD_TOO_LARGE);
        introspect(APPLICATION_FORM_URLENCODED, "token=" + "x".repeat(10_000))
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"active\":false}");
    }

    private WebTestClient.ResponseSpec introspect(MediaType type, String body) {
        return edge.as(new Caller.Service(TenantId.DEFAULT, "gateway"))
                .post()
                .uri(IntrospectionRequest.PATH)
                .contentType(type)
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec login(String body) {
        return anonymous()
                .post()
                .uri(GatewayStub.SESSIONS)
                .contentType(APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient anonymous() {
        return edge.as(new Caller.Anonymous(TenantId.DEFAULT));
    }

    private static String refused(WebTestClient.ResponseSpec response, ProblemType type) {
        var body = response.expectStatus()
                .isEqualTo(type.status())
                .expectHeader()
                .contentType(APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).contains(type.uri().toString());
        return String.valueOf(body);
    }
}
