/** WebSockets: the tickets that open them, live frames without gaps, and the reasons to close them. */
@NullMarked
package dev.frontdesk.notification.realtime;

import org.jspecify.annotations.NullMarked;
