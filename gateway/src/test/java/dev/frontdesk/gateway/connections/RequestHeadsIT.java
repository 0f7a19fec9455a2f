package dev.frontdesk.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.gateway.RunningGateway;
import dev.frontdesk.testsupport.http.RawConnection;
import dev.frontdesk.testsupport.http.RawConnection.RawAnswer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request heads that two servers could parse differently, and invalid ones. */
class RequestHeadsIT extends RunningGateway {

    /** What a body does that is parsed as a request. */
    private static final String SMUGGLED = "GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final List<String> ENCODINGS = List.of(
            "gzip",
            "identity",
            "deflate",
            "compress",
            "xchunked",
            "chunkedx",
            "x-chunked",
            "\"chunked\"",
            "'chunked'",
            "",
            " ",
            ",",
            "chunked,",
            ",chunked",
            "chunked, identity",
            "chunked, gzip",
            "gzip, chunked",
            "gzip,chunked",
            "identity, chunked",
            "chunked, chunked",
            "chunked;q=1",
            "chunked; a=b",
            "chun ked",
            "chunked\tx",
            "\u000bchunked",
            "chunked\u0000",
            "trailers",
            "br");

    @SuppressWarnings("UnusedVariable") // @FieldSource
    private static final List<String> FRAMINGS = ENCODINGS.stream()
            .flatMap(coding -> Stream.of(
                    "Transfer-Encoding: " + coding + "\r\n",
                    "Content-Length: " + SMUGGLED.length() + "\r\nTransfer-Encoding: " + coding + "\r\n",
                    "transfer-encoding: " + coding + "\r\nContent-Length: 0\r\n"))
            .toList();

    @ParameterizedTest
    @FieldSource("FRAMINGS")
    void takesNoBodyOfAnotherCodingForARequest(String framing) throws IOException {
        assertIsRefused("POST /api/v1/users/register HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n" + SMUGGLED, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding : chunked\r\n",
                " Transfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 5x\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length:\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length : 5\r\n",
                "no colon\r\n",
                ": no name\r\n",
                "a b: c\r\n",
                "a\u0000b: c\r\n",
                "a: b\u0000c\r\n",
                "a: b\rc: d\r\n",
            })
    void refusesAHeadThatCanBeReadInTwoWays(String headers) throws IOException {
        assertIsRefused("POST /api/v1/users/register HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + SMUGGLED, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: a\r\nHost: a\r\n",
                "Host: a\r\nHost: b\r\n",
                "Host: a\r\nhOST: b\r\n",
                "Host:\r\n",
                "Host: \r\n",
                "Host: a b\r\n",
                "Host: a, b\r\n",
                "Host: a:\r\n",
                "Host: a:x\r\n",
                "Host: a:65536\r\n",
                "Host: a:999999\r\n",
                "Host: a:-1\r\n",
                "Host: a:80:80\r\n",
                "Host: :80\r\n",
                "Host: a/b\r\n",
                "Host: a?b\r\n",
                "Host: a#b\r\n",
                "Host: user@a\r\n",
                "Host: http://a\r\n",
                "Host: [::1\r\n",
                "Host: ::1\r\n",
                "Host: [::1]x\r\n",
                "Host: [::g]\r\n",
                "Host: []\r\n",
                "Host: [a]\r\n",
                "Host: a%zz\r\n",
                "Host: \u00e9\r\n",
                "Host: a\\b\r\n",
            })
    void wantsOneHost(String host) throws IOException {
        assertIsRefused("GET /api/v1/sessions HTTP/1.1\r\n" + host + "\r\n", 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a.example.org", "a-b_c:8080", "127.0.0.1:1", "[::1]", "[2001:db8::7]:65535", "A.", "xn--a"
            })
    void takesEveryRightHost(String host) throws IOException {
        try (var connection = new RawConnection(port)) {
            assertThat(connection
                            .send("GET /api/v1/sessions HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void wantsNoHostOfHttp10() throws IOException {
        try (var connection = new RawConnection(port)) {
            assertThat(connection
                            .send("GET /api/v1/sessions HTTP/1.0\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/sessions\r\n\r\n",
                "GET\r\n\r\n",
                "GET /api/v1/sessions HTTP/2.0\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /api/v1/sessions HTTP/1.2\r\nHost: a\r\n\r\n",
                "GET /api/v1/sessions HTTP/0.9\r\nHost: a\r\n\r\n",
                "GET /api/v1/sessions HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET /api/v1/sessions XTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET health HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ?x=1 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET ftp://a/health HTTP/1.1\r\nHost: a\r\n\r\n",
                "G\u0000T /api/v1/sessions HTTP/1.1\r\nHost: a\r\n\r\n",
                "G(T /api/v1/sessions HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
                "GET /api/v1/sessions HTTP/1.1\nHost: a\n\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
            })
    void refusesWhatIsNoRequestLine(String head) throws IOException {
        assertIsRefused(head, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "-1\r\n",
                "g\r\n",
                "\r\n",
                "5 x\r\nhello\r\n",
                "5;a=b\nhello\r\n",
                "5\nhello\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "ffffffffff\r\n",
                "0x5\r\nhello\r\n",
                "5\r\nhello\r\n;\r\n",
            })
    void refusesABodyOfMalformedChunks(String chunks) throws IOException {
        assertIsRefused(
                "POST /api/v1/users/register HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
                        + SMUGGLED,
                400);
    }

    @Test
    void saysWhatIsTooLong() throws IOException {
        String start = "GET /api/v1/sessions";
        assertIsRefused(start + "?x=" + "x".repeat(5000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        assertIsRefused(start + " HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(9000) + "\r\n\r\n", 431);
        assertIsRefused(start + " HTTP/1.1\r\nHost: a\r\n" + "X-A: xxxxxxxx\r\n".repeat(700) + "\r\n", 431);
        assertIsRefused("P".repeat(5000) + " / HTTP/1.1\r\nHost: a\r\n\r\n", 414);
    }

    @Test
    void answersEarlierRequestsBeforeARefusedOne() throws IOException {
        try (var connection = new RawConnection(port)) {
            connection.send("GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET /api/v1/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n" + SMUGGLED);

            assertThat(connection.answer().status()).isEqualTo(200);
            assertProblem(connection.answer(), 400);
            assertThat(connection.rest()).isEmpty();
        }
        assertThat(sessions.http.seen()).hasSize(1);
    }

    @Test
    void answersOtherCodingsOfHttp10NoBetter() throws IOException {
        assertIsRefused("POST /api/v1/users/register HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        assertIsRefused("POST /api/v1/users/register HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\n" + SMUGGLED, 400);
    }

    private void assertIsRefused(String request, int status) throws IOException {
        try (var connection = new RawConnection(port)) {
            connection.send(request);
            assertProblem(connection.answer(), status);
            connection.sendsNoMore();
            assertThat(connection.rest()).as("a second answer").isEmpty();
        }
        assertThat(registration.seen()).isEmpty();
        assertThat(sessions.http.seen()).isEmpty();
    }

    private static void assertProblem(RawAnswer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.header("X-Trace-Id"))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{32}"));
        assertThat(answer.header("Connection"))
                .hasValueSatisfying(it -> assertThat(it).isEqualToIgnoringCase("close"));
        assertThat(answer.body())
                .contains("\"type\":\"https://frontdesk.dev/problems/")
                .contains("\"status\":" + status)
                .endsWith("}");
    }
}
