/** Pending registrations and the codes that prove their addresses. */
@NullMarked
package dev.frontdesk.registration.verification;

import org.jspecify.annotations.NullMarked;
