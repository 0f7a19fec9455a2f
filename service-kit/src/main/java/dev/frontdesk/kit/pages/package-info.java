/** Long lists, a page at a time. */
@NullMarked
package dev.frontdesk.kit.pages;

import org.jspecify.annotations.NullMarked;
