/** Sign-ups and logins compared with the hash rate of the processors. */
@NullMarked
package dev.frontdesk.loadtests.signups;

import org.jspecify.annotations.NullMarked;
