/** How much useful work is done when five times as many requests arrive as can be handled. */
@NullMarked
package dev.frontdesk.loadtests.overload;

import org.jspecify.annotations.NullMarked;
