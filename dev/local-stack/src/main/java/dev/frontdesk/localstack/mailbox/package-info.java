/** The mails that arrived: stored as files, shown to people and scripts. */
@NullMarked
package dev.frontdesk.localstack.mailbox;

import org.jspecify.annotations.NullMarked;
