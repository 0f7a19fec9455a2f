/** Administration of a tenant's accounts by operators. */
@NullMarked
package dev.frontdesk.registration.administration;

import org.jspecify.annotations.NullMarked;
