/**
 * The identity of callers: the signed assertion, the permission table, cookies of browsers, and signals about sessions.
 */
@NullMarked
package dev.frontdesk.kit.identity;

import org.jspecify.annotations.NullMarked;
