/** The facts that services tell each other, and the topics they travel on. */
@NullMarked
package dev.frontdesk.contracts.events;

import org.jspecify.annotations.NullMarked;
