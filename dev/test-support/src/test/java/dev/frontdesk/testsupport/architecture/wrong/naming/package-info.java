/** A class that does not name its difference. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.naming;

import org.jspecify.annotations.NullMarked;
