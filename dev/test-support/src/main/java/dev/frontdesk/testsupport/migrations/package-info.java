/** Takes a database from one version of a service's schema to the next, with rows in it. */
@NullMarked
package dev.frontdesk.testsupport.migrations;

import org.jspecify.annotations.NullMarked;
