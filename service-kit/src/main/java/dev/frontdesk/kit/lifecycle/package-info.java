/** Start and stop of an instance: background work, the order of the phases, draining. */
@NullMarked
package dev.frontdesk.kit.lifecycle;

import org.jspecify.annotations.NullMarked;
