package dev.frontdesk.loadtests.edge;

import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.localstack.parts.Part;
import java.time.Duration;

/** Checks that a service did all its work while it was measured: it logged each request, and it exported spans. */
final class AsShipped {

    /** Spans are exported every five seconds. */
    private static final Duration EXPORTED_WITHIN = Duration.ofSeconds(6);

    private final Part service;
    private final RequestLines lines;
    private final Collector collector;
    private final long spans;

    private AsShipped(Part service, RequestLines lines, Collector collector) {
        this.service = service;
        this.lines = lines;
        this.collector = collector;
        this.spans = collector.spans();
    }

    /** From here on, while the service has no requests. */
    static AsShipped watch(Installation installation, Part service, Collector collector) {
        var lines = new RequestLines(installation.log(service), installation.managementUrl(service));
        lines.mark();
        return new AsShipped(service, lines, collector);
    }

    /** @param requests how many the service has answered since then */
    void check(long requests, Results results) throws InterruptedException {
        Thread.sleep(EXPORTED_WITHIN);
        RequestLines.Count logged = lines.since(requests);
        results.check(
                logged.total() == requests,
                "%s logged %d requests and dropped the lines of %d, of %d"
                        .formatted(service.title(), logged.written(), logged.dropped(), requests));
        long exported = collector.spans() - spans;
        results.check(
                exported > 0, "%s exported %d spans for %d requests".formatted(service.title(), exported, requests));
    }
}
