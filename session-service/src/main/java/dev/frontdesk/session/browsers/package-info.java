/** Sessions of browsers: cookies in the place of a token in the answer's body. */
@NullMarked
package dev.frontdesk.session.browsers;

import org.jspecify.annotations.NullMarked;
