/** The house rules, each seen to fire once. */
@NullMarked
package dev.frontdesk.testsupport.architecture;

import org.jspecify.annotations.NullMarked;
