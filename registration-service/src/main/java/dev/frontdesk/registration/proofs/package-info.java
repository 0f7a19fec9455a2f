/** Proofs that a user owns an account: codes and links that were sent, and limits on attempts. */
@NullMarked
package dev.frontdesk.registration.proofs;

import org.jspecify.annotations.NullMarked;
