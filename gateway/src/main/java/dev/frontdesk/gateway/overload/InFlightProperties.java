package dev.frontdesk.gateway.overload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests are handled at once; others get 503. A request counts while the gateway waits for others, but not while it
 * waits for its client: slow clients could else occupy all of them. Open WebSockets do not count.
 *
 * @param limited requests whose limits are being checked. That takes a few ms, so there are only many if Redis or the gateway
 *     can't keep up
 * @param requests requests that services have, without those that wait for something to happen
 * @param perService of those, how many one service may have, so that a slow service leaves room for the others
 * @param waiting requests that wait for something to happen, such as jobs to do
 */
@ConfigurationProperties("frontdesk.gateway.in-flight")
record InFlightProperties(
        @DefaultValue("256") int limited,
        @DefaultValue("1000") int requests,
        @DefaultValue("500") int perService,
        @DefaultValue("10000") int waiting) {

    InFlightProperties {
        if (limited < 1 || perService < 1 || perService > requests || waiting < 1) {
            throw new IllegalArgumentException(
                    "frontdesk.gateway.in-flight: per-service must be 1 to requests, and limited and waiting at least 1");
        }
    }
}
