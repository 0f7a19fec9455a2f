/** What a person says of themselves beside the address: names, telephone, language. */
@NullMarked
package dev.frontdesk.registration.profiles;

import org.jspecify.annotations.NullMarked;
