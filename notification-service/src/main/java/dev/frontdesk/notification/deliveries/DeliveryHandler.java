package dev.frontdesk.notification.deliveries;

import reactor.core.publisher.Mono;

/** Does the deliveries of one queue; declared as a bean, called by the worker. */
public interface DeliveryHandler {

    /** Name of the queue. */
    String queue();

    /**
     * Ends when it is done. May be called again for the same delivery, when nobody knows whether it was. {@link
     * Undeliverable} means that another attempt would fail, too; {@link NotDeliveredYet}, like any other error, that it is
     * tried again later.
     */
    Mono<Void> handle(Delivery delivery);
}
