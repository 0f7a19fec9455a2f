/** What requests notice while a store does not answer. */
@NullMarked
package dev.frontdesk.loadtests.outage;

import org.jspecify.annotations.NullMarked;
