/** Reads the fields of a request, and tells all that is wrong with them at once. */
@NullMarked
package dev.frontdesk.kit.fields;

import org.jspecify.annotations.NullMarked;
