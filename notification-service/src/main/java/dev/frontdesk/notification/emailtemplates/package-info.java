/**
 * Mail templates: built-in ones for each kind of mail in each supported language, and tenants' own, which replace or
 * extend them.
 */
@NullMarked
package dev.frontdesk.notification.emailtemplates;

import org.jspecify.annotations.NullMarked;
