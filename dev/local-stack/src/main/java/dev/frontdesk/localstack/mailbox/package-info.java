/** The mails that arrived: kept as files, read for people and scripts. */
@NullMarked
package dev.frontdesk.localstack.mailbox;

import org.jspecify.annotations.NullMarked;
