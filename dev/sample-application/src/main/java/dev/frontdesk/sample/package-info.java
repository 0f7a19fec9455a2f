/** A shop behind the gateway: it checks who calls by the gateway's assertion, and uses Frontdesk's queues. */
@NullMarked
package dev.frontdesk.sample;

import org.jspecify.annotations.NullMarked;
