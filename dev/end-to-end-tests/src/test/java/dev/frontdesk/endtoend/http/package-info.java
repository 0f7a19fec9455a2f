/** Requests to the gateway and its responses. */
@NullMarked
package dev.frontdesk.endtoend.http;

import org.jspecify.annotations.NullMarked;
