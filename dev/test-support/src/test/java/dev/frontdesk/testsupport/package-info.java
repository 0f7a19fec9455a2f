/** Tests of what the tests of every module share. */
@NullMarked
package dev.frontdesk.testsupport;

import org.jspecify.annotations.NullMarked;
