/** HTTP as no library would speak it. */
@NullMarked
package dev.frontdesk.testsupport.http;

import org.jspecify.annotations.NullMarked;
