package dev.frontdesk.gateway.overload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests are handled at once; others get 503. A request counts while the gateway waits for others, but not while it
 * waits for its client: slow clients could else occupy all of them. Open WebSockets do not count.
 *
 * @param limited requests whose limits are being checked. That takes a few ms, so there are only many if Redis or the gateway
 *     can't keep up
 * @param perService the most requests that one service may have; fewer while it can't keep up
 * @param slowAfter a service can't keep up while even its fastest answer takes longer than this
 * @param uploads requests to applications whose bodies are passed on while they arrive
 * @param uploadsPerRoute of them, those of one route
 * @param waiting requests that wait for something to happen, such as jobs to do
 */
@ConfigurationProperties("frontdesk.gateway.in-flight")
record InFlightProperties(
        @DefaultValue("256") int limited,
        @DefaultValue("500") int perService,
        @DefaultValue("500ms") Duration slowAfter,
        @DefaultValue("10000") int waiting,
        @DefaultValue("1000") int uploads,
        @DefaultValue("500") int uploadsPerRoute) {

    InFlightProperties {
        if (limited < 1
                || perService < 1
                || waiting < 1
                || uploads < 1
                || uploadsPerRoute < 1
                || !slowAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.in-flight: all numbers and slow-after must be positive");
        }
    }
}
