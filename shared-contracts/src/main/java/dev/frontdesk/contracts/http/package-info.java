/** Header names and problem types that clients and services rely on. */
@NullMarked
package dev.frontdesk.contracts.http;

import org.jspecify.annotations.NullMarked;
