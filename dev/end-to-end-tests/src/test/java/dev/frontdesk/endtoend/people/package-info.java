/** People and what they do, with nothing but HTTP, a WebSocket and a mailbox. */
@NullMarked
package dev.frontdesk.endtoend.people;

import org.jspecify.annotations.NullMarked;
