/** A minimal service that finds its servers as real services do. */
@NullMarked
package dev.frontdesk.testsupport.servers.tinyservice;

import org.jspecify.annotations.NullMarked;
