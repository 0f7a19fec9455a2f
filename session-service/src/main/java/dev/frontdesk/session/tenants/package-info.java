/** Ends the sessions of deleted tenants. */
@NullMarked
package dev.frontdesk.session.tenants;

import org.jspecify.annotations.NullMarked;
