/** Stores sessions in Redis, and lets owners see and end them. */
@NullMarked
package dev.frontdesk.session.sessions;

import org.jspecify.annotations.NullMarked;
