/** Recovery of forgotten passwords: a code or link by mail, and a new password in exchange. */
@NullMarked
package dev.frontdesk.registration.recovery;

import org.jspecify.annotations.NullMarked;
