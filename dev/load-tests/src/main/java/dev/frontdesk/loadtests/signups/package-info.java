/** Sign-ups and logins against what the processors can hash. */
@NullMarked
package dev.frontdesk.loadtests.signups;

import org.jspecify.annotations.NullMarked;
