/** What tests of publishers need besides reactor-test. */
@NullMarked
package dev.frontdesk.testsupport.reactive;

import org.jspecify.annotations.NullMarked;
