package dev.frontdesk.cache.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.kit.web.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

class EntryBodyReaderTest {

    private static final int LARGEST = 10;

    private final EntryBodyReader entryBodyReader = new EntryBodyReader(new EntriesProperties(
            Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(30), DataSize.ofBytes(LARGEST)));

    @ParameterizedTest
    @CsvSource({
        "Content-Type, nonsense, 400",
        "Content-Type, text/*, 400",
        "Content-Type, */*, 400",
        "Content-Type, application/, 400",
        "Content-Type, te xt/plain, 400",
        "Content-Encoding, gzip, 415",
        "Content-Range, bytes 0-0/2, 400"
    })
    void refusesWhatCouldNotBeGivenBackAsItWasSent(String header, String value, int status) {
        refuses(MockServerHttpRequest.put("/").header(header, value), status);
    }

    @Test
    void refusesATypeThatIsLongerThanAnyTypeIs() {
        var padding = "x".repeat(255 - "text/plain;p=".length());
        assertThat(entryBodyReader.read(put("text/plain;p=" + padding).build()).block())
                .isNotNull();

        refuses(put("text/plain;p=x" + padding), 400);
    }

    @Test
    void doesNotAskForABodyThatIsTooLong() {
        var body = PublisherProbe.<DataBuffer>empty();
        var request = MockServerHttpRequest.put("/").contentLength(LARGEST + 1).body(body.flux());

        assertThatExceptionOfType(DataBufferLimitException.class).isThrownBy(() -> entryBodyReader.read(request));
        body.assertWasNotSubscribed();
    }

    @Test
    void stopsReadingWhereABodyOfUnknownLengthGetsTooLong() {
        var buffers = DefaultDataBufferFactory.sharedInstance;
        var body = PublisherProbe.of(Flux.range(0, 1000).map(_ -> (DataBuffer) buffers.wrap(new byte[LARGEST])));
        var request = MockServerHttpRequest.put("/").body(body.flux());

        StepVerifier.create(entryBodyReader.read(request)).verifyError(DataBufferLimitException.class);
        body.assertWasCancelled();
    }

    private static MockServerHttpRequest.BodyBuilder put(String contentType) {
        return MockServerHttpRequest.put("/").header("Content-Type", contentType);
    }

    private void refuses(MockServerHttpRequest.BaseBuilder<?> request, int status) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> entryBodyReader.read(request.build()))
                .satisfies(
                        problem -> assertThat(problem.getStatusCode().value()).isEqualTo(status));
    }
}
