/** Applies changes of an account to its sessions. */
@NullMarked
package dev.frontdesk.session.accounts;

import org.jspecify.annotations.NullMarked;
