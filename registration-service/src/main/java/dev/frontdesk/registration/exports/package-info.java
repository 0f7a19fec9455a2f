/** Exports all stored data of an account for its owner. */
@NullMarked
package dev.frontdesk.registration.exports;

import org.jspecify.annotations.NullMarked;
