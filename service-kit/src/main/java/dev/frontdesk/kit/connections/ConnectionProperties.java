package dev.frontdesk.kit.connections;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of a connection that a client opened.
 *
 * @param headWithin from the first byte of a request to the end of its headers; then 408, and the connection is closed
 * @param bodyWithin from the end of the headers, or the last {@link #PROGRESS}, to the next one or to the end of the body;
 *     then the connection is closed. A fallback for the limits that send a response, so it must be longer than those
 * @param discardWithin how long a connection stays open after a response that was sent before its request was complete,
 *     so that the client can read the response
 * @param discardBytes how much more of such a request is read and discarded during that time
 * @param aheadBytes how much a client may send while it waits for a response; then the connection is closed
 * @param halfClosedWithin how long a client that has closed its own side may wait for its response; 0 treats such a
 *     client as disconnected and cancels its request
 */
@ConfigurationProperties("frontdesk.connections")
record ConnectionProperties(
        @DefaultValue("10s") Duration headWithin,
        @DefaultValue("30s") Duration bodyWithin,
        @DefaultValue("2s") Duration discardWithin,
        @DefaultValue("64KB") DataSize discardBytes,
        @DefaultValue("64KB") DataSize aheadBytes,
        @DefaultValue("0s") Duration halfClosedWithin) {

    /** Bytes. What arrives more slowly than this makes no progress: one byte at a time would occupy a connection forever. */
    static final int PROGRESS = 4 * 1024;

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
