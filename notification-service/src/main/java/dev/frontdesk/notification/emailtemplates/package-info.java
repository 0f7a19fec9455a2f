/** The words of each kind of mail: our own in each language that we speak, and what a tenant puts in their place or beside. */
@NullMarked
package dev.frontdesk.notification.emailtemplates;

import org.jspecify.annotations.NullMarked;
