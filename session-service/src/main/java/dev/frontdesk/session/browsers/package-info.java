/** Sessions of browsers: cookies instead of a token in the response body. */
@NullMarked
package dev.frontdesk.session.browsers;

import org.jspecify.annotations.NullMarked;
