/** Requests in a number and at a pace. */
@NullMarked
package dev.frontdesk.loadtests.load;

import org.jspecify.annotations.NullMarked;
