/** Opens, looks up and ends login sessions. */
@NullMarked
package dev.frontdesk.session;

import org.jspecify.annotations.NullMarked;
