package dev.frontdesk.loadtests.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLinesTest {

    @ParameterizedTest
    @CsvSource({
        "true, 2026-11-29T19:00:36.000Z  INFO 1 --- [gateway] [loop-1] [4bf9-00f0] d.f.kit.web.RequestLog : GET /api/v1/cache/** 200 3 ms",
        "true, 'INFO RequestLog : POST - 503 0 ms'",
        "false, 'INFO GatewayApplication : Started GatewayApplication in 900 ms'",
        "false, 'INFO RequestLog : GET /api/v1/cache/** 200'",
        "false, 'INFO Retry : GET /api/v1/cache 503 10 times'",
        "false, ''",
    })
    void countsOnlyLinesAboutRequests(boolean counted, String line) {
        assertThat(RequestLines.isOfRequest(line)).isEqualTo(counted);
    }
}
