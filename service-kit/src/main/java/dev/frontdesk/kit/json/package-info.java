/** JSON bodies, as strict as settings alone can't make them. */
@NullMarked
package dev.frontdesk.kit.json;

import org.jspecify.annotations.NullMarked;
