package dev.frontdesk.loadtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrapeTest {

    private static final String METRICS = """
            # HELP jvm_buffer_memory_used_bytes An estimate
            # TYPE jvm_buffer_memory_used_bytes gauge
            jvm_buffer_memory_used_bytes{id="direct"} 8192.0
            jvm_buffer_memory_used_bytes{id="mapped"} 1.0
            jvm_threads_live_threads 41.0
            jvm_threads_live_threads_of_others 1.0
            netty{id="1"} 1.5E7
            netty{id="2"} 2.0
            """;

    @Test
    void addsTheSeriesOfAMetric() {
        assertThat(Scrape.sum(METRICS, "jvm_threads_live_threads", "")).isEqualTo(41);
        assertThat(Scrape.sum(METRICS, "netty", "")).isEqualTo(15_000_002);
    }

    @Test
    void selectsByLabel() {
        assertThat(Scrape.sum(METRICS, "jvm_buffer_memory_used_bytes", "id=\"direct\""))
                .isEqualTo(8192);
    }

    @Test
    void hasNothingOfAnUnknownMetric() {
        assertThat(Scrape.sum(METRICS, "other", "")).isZero();
    }
}
