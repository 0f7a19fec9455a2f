/** What users see of their account, and what they may change without a proof. */
@NullMarked
package dev.frontdesk.registration.me;

import org.jspecify.annotations.NullMarked;
