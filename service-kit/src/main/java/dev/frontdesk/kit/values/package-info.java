/** Values that all services compare, count and display in the same form: addresses, text that people type, digests. */
@NullMarked
package dev.frontdesk.kit.values;

import org.jspecify.annotations.NullMarked;
