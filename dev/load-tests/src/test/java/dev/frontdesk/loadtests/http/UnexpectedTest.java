package dev.frontdesk.loadtests.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnexpectedTest {

    @Test
    void saysTheKindOfProblemAndNothingThatDiffersFromRequestToRequest() {
        var answer = new Answer(
                503,
                "{\"type\":\"https://frontdesk.dev/problems/unavailable\",\"status\":503,\"instance\":\"/cache/k17\"}");

        assertThat(Unexpected.status(answer)).hasMessage("status 503 unavailable");
        assertThat(Unexpected.status(new Answer(502, "<html>"))).hasMessage("status 502");
    }
}
