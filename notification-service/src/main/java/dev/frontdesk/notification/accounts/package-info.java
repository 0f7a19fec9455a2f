/** Directory of accounts and their addresses: a copy of data from account events, for mails to accounts. */
@NullMarked
package dev.frontdesk.notification.accounts;

import org.jspecify.annotations.NullMarked;
