/** The API document in machine-readable form. */
@NullMarked
package dev.frontdesk.endtoend.document;

import org.jspecify.annotations.NullMarked;
