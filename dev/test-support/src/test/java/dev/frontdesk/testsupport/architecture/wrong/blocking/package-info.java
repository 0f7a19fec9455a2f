/** Every way of waiting that the house forbids. */
@NullMarked
package dev.frontdesk.testsupport.architecture.wrong.blocking;

import org.jspecify.annotations.NullMarked;
