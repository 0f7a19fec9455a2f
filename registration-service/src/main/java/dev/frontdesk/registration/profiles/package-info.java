/** The personal data that a user enters besides the address: names, telephone, language. */
@NullMarked
package dev.frontdesk.registration.profiles;

import org.jspecify.annotations.NullMarked;
