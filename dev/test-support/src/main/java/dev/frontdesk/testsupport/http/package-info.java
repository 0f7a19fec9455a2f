/** HTTP requests that no library would send, and clients that release what they receive. */
@NullMarked
package dev.frontdesk.testsupport.http;

import org.jspecify.annotations.NullMarked;
