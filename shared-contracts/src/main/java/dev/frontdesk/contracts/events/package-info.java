/** The events that services publish to each other, and their topics. */
@NullMarked
package dev.frontdesk.contracts.events;

import org.jspecify.annotations.NullMarked;
