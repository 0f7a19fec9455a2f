package dev.frontdesk.testsupport.metrics;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.frontdesk.testsupport.http.TestClients;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * What Prometheus reads from a service at one moment, in its text format 0.0.4.
 *
 * @param values values by series, as the service writes it: {@code http_connections{pool="calls"}}
 */
public record Scrape(Map<String, Double> values) {

    /** Reads {@code /actuator/prometheus} at the management port of the running service. */
    public static Scrape of(Environment service) {
        int port = service.getRequiredProperty("local.management.port", Integer.class);
        String text = TestClients.at(port)
                .build()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return parse(Objects.requireNonNull(text));
    }

    static Scrape parse(String text) {
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#"))
                .collect(toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> valueOf(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    private static double valueOf(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The names before the labels. */
    public Set<String> names() {
        return values.keySet().stream().map(series -> series.split("\\{", 2)[0]).collect(toSet());
    }

    public Set<String> series() {
        return values.keySet();
    }

    /** @param series with its labels in alphabetical order */
    public double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new AssertionError("There is no " + series + " among " + values.keySet());
        }
        return value;
    }
}
