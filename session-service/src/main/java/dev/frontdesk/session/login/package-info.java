/** Opens a session for a client that knows an account's password. */
@NullMarked
package dev.frontdesk.session.login;

import org.jspecify.annotations.NullMarked;
