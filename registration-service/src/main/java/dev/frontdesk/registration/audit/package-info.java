/** The audit trail of what was done to accounts: who, what, when, from where. */
@NullMarked
package dev.frontdesk.registration.audit;

import org.jspecify.annotations.NullMarked;
