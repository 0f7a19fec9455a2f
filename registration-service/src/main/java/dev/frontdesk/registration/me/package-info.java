/** What people see of their account, and what they change of it without a proof. */
@NullMarked
package dev.frontdesk.registration.me;

import org.jspecify.annotations.NullMarked;
