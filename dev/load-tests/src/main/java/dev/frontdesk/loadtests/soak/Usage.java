package dev.frontdesk.loadtests.soak;

import dev.frontdesk.loadtests.http.Answer;
import dev.frontdesk.loadtests.http.Browser;
import dev.frontdesk.loadtests.installation.Installation;
import dev.frontdesk.loadtests.machine.Measured;
import dev.frontdesk.localstack.parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one service uses, sample by sample: from the kernel, from its metrics as Prometheus reads them, and from its JVM. */
final class Usage implements AutoCloseable {

    private static final double MEGABYTE = 1024 * 1024;

    private record Sample(Duration at, Resource resource, double value) {}

    private final Part service;
    private final Measured process;
    private final Browser management;
    private final Path gcLog;
    private final long gcLogFrom;
    private final List<Sample> samples = new ArrayList<>();

    private Usage(Part service, Measured process, Browser management, Path gcLog) {
        this.service = service;
        this.process = process;
        this.management = management;
        this.gcLog = gcLog;
        this.gcLogFrom = gcLog.toFile().length();
    }

    /** From now on. */
    static Usage of(Installation installation, Part service, Path gcLog) {
        var process = Measured.ours(service.title(), installation.process(service));
        process.attach();
        return new Usage(service, process, new Browser(installation.managementUrl(service)), gcLog);
    }

    Part service() {
        return service;
    }

    /** @param at since the begin of the measurement */
    void sample(Duration at) throws IOException {
        keep(at, Resource.RESIDENT, process.resident());
        var metrics = scrape();
        keep(at, Resource.DIRECT, direct(metrics) / MEGABYTE);
        keep(at, Resource.THREADS, Scrape.sum(metrics, "jvm_threads_live_threads", ""));
        var files = openFiles();
        keep(at, Resource.FILES, files.size());
        keep(
                at,
                Resource.CONNECTIONS,
                files.stream().filter(it -> it.startsWith("socket:")).count());
    }

    /** Collects all garbage first, so not with each sample. */
    void sampleHeap(Duration at) {
        keep(at, Resource.HEAP, process.heapAfterCollection());
    }

    /** The median of the samples in this time; not a number if there is none. */
    double median(Resource resource, Duration from, Duration to) {
        var values = samples.stream()
                .filter(it -> it.resource() == resource
                        && it.at().compareTo(from) >= 0
                        && it.at().compareTo(to) <= 0)
                .mapToDouble(Sample::value)
                .sorted()
                .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }

    /** @return milliseconds */
    double longestPause() {
        return Pauses.longest(gcLog, gcLogFrom);
    }

    double highest(Resource resource) {
        return samples.stream()
                .filter(it -> it.resource() == resource)
                .mapToDouble(Sample::value)
                .max()
                .orElse(Double.NaN);
    }

    private void keep(Duration at, Resource resource, double value) {
        samples.add(new Sample(at, resource, value));
    }

    private static double direct(String metrics) {
        return Scrape.sum(metrics, "frontdesk_buffers_direct_bytes", "")
                + Scrape.sum(metrics, "jvm_buffer_memory_used_bytes", "id=\"direct\"");
    }

    private String scrape() throws IOException {
        Answer answer = management.get("/actuator/prometheus", Map.of()).block();
        if (answer == null || answer.status() != 200) {
            throw new IOException(service.title() + " shows no metrics: "
                    + (answer == null ? "no response" : "status " + answer.status()));
        }
        return answer.body();
    }

    /** What each descriptor refers to; a file that was closed after the listing is left out. */
    private List<String> openFiles() throws IOException {
        Path folder = Path.of("/proc/" + process.process().pid() + "/fd");
        var targets = new ArrayList<String>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path link : (Iterable<Path>) all::iterator) {
                try {
                    targets.add(Files.readSymbolicLink(link).toString());
                } catch (IOException closed) {
                    // Between the listing and this.
                }
            }
        }
        return targets;
    }

    /** For the report: each resource with its median in the first and in the last third. */
    Map<Resource, double[]> thirds(Duration all) {
        Duration third = all.dividedBy(3);
        var thirds = new EnumMap<Resource, double[]>(Resource.class);
        for (Resource resource : Resource.values()) {
            thirds.put(resource, new double[] {
                median(resource, Duration.ZERO, third), median(resource, third.multipliedBy(2), all)
            });
        }
        return thirds;
    }

    @Override
    public void close() {
        process.close();
    }
}
