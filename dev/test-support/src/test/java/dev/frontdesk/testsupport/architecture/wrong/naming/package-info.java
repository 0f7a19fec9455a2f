/** A class whose name does not say its difference. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.naming;

import org.jspecify.annotations.NullMarked;
