/** All that is kept of an account, for its owner to take along. */
@NullMarked
package dev.frontdesk.registration.exports;

import org.jspecify.annotations.NullMarked;
