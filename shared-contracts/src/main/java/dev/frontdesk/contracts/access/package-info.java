/** Every endpoint of the suite, and who may call it. */
@NullMarked
package dev.frontdesk.contracts.access;

import org.jspecify.annotations.NullMarked;
