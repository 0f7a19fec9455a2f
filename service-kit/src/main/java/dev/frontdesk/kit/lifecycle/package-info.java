/** Start and stop of an instance: background work, lifecycle phases, draining. */
@NullMarked
package dev.frontdesk.kit.lifecycle;

import org.jspecify.annotations.NullMarked;
