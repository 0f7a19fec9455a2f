/** Says in the log what was asked and what was answered, one line a request. */
@NullMarked
package dev.frontdesk.kit.requests;

import org.jspecify.annotations.NullMarked;
