/** Accounts: rows that exist only for proved addresses. */
@NullMarked
package dev.frontdesk.registration.accounts;

import org.jspecify.annotations.NullMarked;
