/** Real servers, seen to work and to fail. */
@NullMarked
package dev.frontdesk.testsupport.servers;

import org.jspecify.annotations.NullMarked;
