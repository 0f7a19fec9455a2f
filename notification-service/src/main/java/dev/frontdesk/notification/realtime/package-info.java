/** Open sockets: tickets that open them, live frames without a gap, and every reason to close one. */
@NullMarked
package dev.frontdesk.notification.realtime;

import org.jspecify.annotations.NullMarked;
