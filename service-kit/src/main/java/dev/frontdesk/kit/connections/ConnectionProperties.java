package dev.frontdesk.kit.connections;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The bounds of a connection that a client opened.
 *
 * @param headWithin from the first byte of a request to the end of its headers; then 408, and the connection is closed
 * @param bodyWithin from the end of the headers to the last byte of the body; then the connection is closed. A bound behind
 *     those that answer
 * @param discardWithin how long a connection stays after an answer that came before its request was complete, so that the
 *     client can read the answer
 * @param discardBytes how much of such a request is read and thrown away meanwhile
 * @param aheadBytes how much a client may send while it waits for an answer; then the connection is closed
 * @param halfClosedWithin how long a client that has closed its own side may wait for its answer; 0 takes such a client for
 *     gone and cancels its request
 */
@ConfigurationProperties("frontdesk.connections")
record ConnectionProperties(
        @DefaultValue("10s") Duration headWithin,
        @DefaultValue("30s") Duration bodyWithin,
        @DefaultValue("2s") Duration discardWithin,
        @DefaultValue("64KB") DataSize discardBytes,
        @DefaultValue("64KB") DataSize aheadBytes,
        @DefaultValue("0s") Duration halfClosedWithin) {

    ConnectionProperties {
        if (!headWithin.isPositive() || !bodyWithin.isPositive() || !discardWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "frontdesk.connections.head-within, .body-within and .discard-within must be positive");
        }
        if (discardBytes.isNegative() || aheadBytes.isNegative() || halfClosedWithin.isNegative()) {
            throw new IllegalArgumentException(
                    "frontdesk.connections.discard-bytes, .ahead-bytes and .half-closed-within must not be negative");
        }
    }
}
