/** What happens to an account happens to its sessions. */
@NullMarked
package dev.frontdesk.session.accounts;

import org.jspecify.annotations.NullMarked;
