/** What a request may bring: a parameter or a body that its handler does not read is refused. */
@NullMarked
package dev.frontdesk.kit.inputs;

import org.jspecify.annotations.NullMarked;
