/** What could not be read or handled, for operators to look at and to replay. */
@NullMarked
package dev.frontdesk.notification.deadletters;

import org.jspecify.annotations.NullMarked;
