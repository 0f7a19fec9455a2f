/** The API document, as a program reads it. */
@NullMarked
package dev.frontdesk.endtoend.document;

import org.jspecify.annotations.NullMarked;
