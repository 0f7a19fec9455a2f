/** Every forbidden way of blocking. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.blocking;

import org.jspecify.annotations.NullMarked;
