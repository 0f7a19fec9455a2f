/** People and servers at work: what they ask, how often, and what they notice. */
@NullMarked
package dev.frontdesk.loadtests.traffic;

import org.jspecify.annotations.NullMarked;
