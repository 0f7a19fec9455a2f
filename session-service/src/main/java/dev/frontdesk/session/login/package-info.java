/** Opens a session for whoever knows an account's password. */
@NullMarked
package dev.frontdesk.session.login;

import org.jspecify.annotations.NullMarked;
