/** Long lists, a page at a time. */
@NullMarked
package dev.frontdesk.registration.pages;

import org.jspecify.annotations.NullMarked;
