/** The house rules; each is seen to fail once. */
@NullMarked
package dev.frontdesk.testsupport.architecture;

import org.jspecify.annotations.NullMarked;
