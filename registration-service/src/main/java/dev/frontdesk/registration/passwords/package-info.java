/** Which passwords are accepted, and how they are hashed. */
@NullMarked
package dev.frontdesk.registration.passwords;

import org.jspecify.annotations.NullMarked;
