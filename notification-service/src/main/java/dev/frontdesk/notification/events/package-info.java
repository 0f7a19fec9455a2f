/** What is sent and shown when something happened to an account or a session. */
@NullMarked
package dev.frontdesk.notification.events;

import org.jspecify.annotations.NullMarked;
