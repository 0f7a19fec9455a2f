/** Who is logged in: opens sessions, looks tokens up, ends sessions. */
@NullMarked
package dev.frontdesk.session;

import org.jspecify.annotations.NullMarked;
