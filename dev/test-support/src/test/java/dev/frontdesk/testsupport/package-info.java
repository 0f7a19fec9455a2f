/** Tests of the shared test support. */
@NullMarked
package dev.frontdesk.testsupport;

import org.jspecify.annotations.NullMarked;
