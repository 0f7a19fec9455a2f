package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Recipient;
import java.util.UUID;

/** The account that a ticket opens a socket for, and the session that the socket belongs to. */
record TicketHolder(Recipient recipient, UUID sessionId) {}
