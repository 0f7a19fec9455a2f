/** Secrets that are stored or sent encrypted, and the change of the key that encrypts them. */
@NullMarked
package dev.frontdesk.kit.secrets;

import org.jspecify.annotations.NullMarked;
