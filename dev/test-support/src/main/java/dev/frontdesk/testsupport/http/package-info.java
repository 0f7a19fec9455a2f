/** HTTP requests that no library would send. */
@NullMarked
package dev.frontdesk.testsupport.http;

import org.jspecify.annotations.NullMarked;
