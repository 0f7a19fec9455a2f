/** The password check that session-service asks of registration-service. */
@NullMarked
package dev.frontdesk.contracts.credentials;

import org.jspecify.annotations.NullMarked;
