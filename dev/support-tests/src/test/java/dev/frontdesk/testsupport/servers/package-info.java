/** Real servers that work and fail. */
@NullMarked
package dev.frontdesk.testsupport.servers;

import org.jspecify.annotations.NullMarked;
