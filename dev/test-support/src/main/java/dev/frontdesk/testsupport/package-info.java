/** Shared by the tests of every module: architecture rules, real servers and a few tools. */
@NullMarked
package dev.frontdesk.testsupport;

import org.jspecify.annotations.NullMarked;
