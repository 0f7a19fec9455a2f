package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Recipient;
import java.util.UUID;

/** Whose socket a ticket opens, and the session that the socket ends with. */
record TicketHolder(Recipient recipient, UUID sessionId) {}
