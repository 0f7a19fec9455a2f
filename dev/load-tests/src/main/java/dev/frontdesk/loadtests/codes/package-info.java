/** How long a code takes from the sign-up to the mailbox, while other mails wait. */
@NullMarked
package dev.frontdesk.loadtests.codes;

import org.jspecify.annotations.NullMarked;
