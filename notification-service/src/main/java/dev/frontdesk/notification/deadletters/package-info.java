/** Dead letters: events that could not be read or handled, stored so that operators can read and replay them. */
@NullMarked
package dev.frontdesk.notification.deadletters;

import org.jspecify.annotations.NullMarked;
