/** What the tests of every module share: architecture rules, real servers and a few instruments. */
@NullMarked
package dev.frontdesk.testsupport;

import org.jspecify.annotations.NullMarked;
