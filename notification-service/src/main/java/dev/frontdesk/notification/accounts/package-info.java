/** Who has which address: a copy of what account events tell, for mails to accounts. */
@NullMarked
package dev.frontdesk.notification.accounts;

import org.jspecify.annotations.NullMarked;
