/** People and their actions, over HTTP, a WebSocket and a mailbox only. */
@NullMarked
package dev.frontdesk.endtoend.people;

import org.jspecify.annotations.NullMarked;
