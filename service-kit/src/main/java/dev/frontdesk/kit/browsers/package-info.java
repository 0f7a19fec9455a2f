/** What a browser holds of a session: cookies, and the proof that a page may use them. */
@NullMarked
package dev.frontdesk.kit.browsers;

import org.jspecify.annotations.NullMarked;
