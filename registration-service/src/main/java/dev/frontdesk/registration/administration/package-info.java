/** What operators do with the accounts of a tenant. */
@NullMarked
package dev.frontdesk.registration.administration;

import org.jspecify.annotations.NullMarked;
