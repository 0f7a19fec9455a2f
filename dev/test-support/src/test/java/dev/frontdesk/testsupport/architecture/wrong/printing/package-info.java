/** Every way to standard output and error. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.printing;

import org.jspecify.annotations.NullMarked;
